//! Go's own tests of maps, retold.
//!
//! ```text
//!   Go 1.19.8                                         module
//!   src/runtime/map_test.go                           runtime, increment, iteration
//!   src/runtime/hash_test.go                          hash, collisions
//!   src/runtime/crash_test.go, testprog/map.go        crash
//!   src/reflect/all_test.go                           reflect
//!   src/internal/fmtsort/sort_test.go                 printing
//!   src/cmd/compile/internal/test/testdata/           programs
//!   test/{map,mapclear,maplinear,bigmap,bigalg,
//!         nil,range,recover2,cmp}.go                  basic, programs
//!   test/stress/maps.go                               programs
//!   test/typeparam/                                   maps, sets, programs
//!   test/fixedbugs/                                   fixedbugs
//! ```
//!
//! Each test says which function of which file it retells and what that one pins. Expected values
//! are Go's: from its tests, or printed by Go 1.19.8 where a test asks for a part of a text only.
//! A program of Go's that is one test as a whole is `main`, after its file's name where a module
//! holds several.
//!
//! Go's `interface{}` as a key type is `dynamic::Dyn`, an enum of the dynamic types that the tests
//! use. A Go map variable is a `GoMap`; where a test does not copy the variable and does not look
//! at it while it is nil, a `Map` stands for it.

#[path = "go/basic.rs"]
mod basic;
#[path = "../../slice/tests/go/caught.rs"]
mod caught;
#[path = "go/collisions.rs"]
mod collisions;
#[path = "go/crash.rs"]
mod crash;
#[path = "go/dynamic.rs"]
mod dynamic;
#[path = "go/fixedbugs.rs"]
mod fixedbugs;
#[path = "go/hash.rs"]
mod hash;
#[path = "go/increment.rs"]
mod increment;
#[path = "go/iteration.rs"]
mod iteration;
#[path = "go/maps.rs"]
mod maps;
#[path = "go/printing.rs"]
mod printing;
#[path = "go/programs.rs"]
mod programs;
#[path = "go/reflect.rs"]
mod reflect;
#[path = "go/runtime.rs"]
mod runtime;
#[path = "go/sets.rs"]
mod sets;
