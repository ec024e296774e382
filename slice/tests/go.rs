//! Go's own tests of slices, arrays and strings, retold.
//!
//! ```text
//!   Go 1.19.8                                      module
//!   src/runtime/{slice,runtime,string}_test.go     runtime
//!   src/cmd/compile/internal/test/testdata/        compile
//!   src/reflect/all_test.go                        reflect
//!   test/{append,copy,slice3}.go                   append, copy, slice3
//!   test/fixedbugs/issue30116.go, issue30116u.go   issue30116
//!   test/{slicecap,makeslice,nil,range,recover2,
//!         recover3,strcopy,unsafebuiltins,
//!         bigalg}.go                               programs, range
//!   test/ken/                                      ken
//!   test/typeparam/                                typeparam, over the functions of generics
//!   test/fixedbugs/                                fixedbugs, equality
//! ```
//!
//! Each test says which function of which file it retells and what that one pins. Expected values
//! are Go's: from its tests, its golden files, or printed by Go 1.19.8 where a test asks for a part
//! of a text only. A program of Go's that is one test as a whole is `main`, after its file's name
//! where a module holds several.
//!
//! Differs: what Go says of a nil pointer to an array has no counterpart, because a Rust reference
//! is never nil. Go's constant and variable bounds go through different code of its compiler; here
//! they are passed as integers of different types, which go through different code of ours.

#[path = "go/append.rs"]
mod append;
#[path = "go/caught.rs"]
mod caught;
#[path = "go/compile.rs"]
mod compile;
#[path = "go/copy.rs"]
mod copy;
#[path = "go/equality.rs"]
mod equality;
#[path = "go/fixedbugs.rs"]
mod fixedbugs;
#[path = "go/generics.rs"]
mod generics;
#[path = "go/issue30116.rs"]
mod issue30116;
#[path = "go/ken.rs"]
mod ken;
#[path = "go/programs.rs"]
mod programs;
#[path = "go/range.rs"]
mod range;
#[path = "go/reflect.rs"]
mod reflect;
#[path = "go/runtime.rs"]
mod runtime;
#[path = "go/slice3.rs"]
mod slice3;
#[path = "go/typeparam.rs"]
mod typeparam;
