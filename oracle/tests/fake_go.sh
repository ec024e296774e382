#!/bin/sh
# Plays the go command for tests/cli.rs: tells the version in FAKE_VERSION, and "builds" a slice
# machine that is the shell script in FAKE_MACHINE.
if [ "$1" = version ]; then
	echo "$FAKE_VERSION"
else
	# build -o <target> <package>
	printf '#!/bin/sh\n%s\n' "$FAKE_MACHINE" >"$3"
	chmod +x "$3"
fi
