#!/usr/bin/env bash
# Builds and tests AotChat; ./build.sh help says how.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The SDK wants ICU otherwise, which a small Debian does not have; nothing here sorts or formats for a country.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
publish_dir=artifacts/publish/AotChat/release
generated_dir=artifacts/generated
bench_dir=artifacts/publish/AotChat.Load/release
test_projects=(AotChat.Tests AotChat.Generators.Tests AotChat.EndToEnd.Tests)

fail() { printf 'build.sh: %s\n' "$1" >&2; exit 1; }

has() { type -P "$1" >/dev/null; }

dots=

# Says what takes time before it is done; on a terminal with a dot each second.
step() {
    step_ends
    if [ -t 1 ]; then
        printf '%s…' "$1"
        while sleep 1; do printf .; done &
        dots=$!
    else
        printf '%s…\n' "$1"
    fi
}

step_ends() {
    [ -n "$dots" ] || return 0
    kill "$dots"
    wait "$dots" 2>/dev/null || true
    dots=
    printf '\n'
}

log=
trap 'step_ends; rm -f "$log"' EXIT

check_sdk() {
    # Where Microsoft's script puts it, which is on nobody's PATH.
    has dotnet || PATH="${HOME-}/.dotnet:$PATH"
    local get='curl -fsSL' way
    has curl || ! has wget || get='wget -qO-'
    # Not from Debian, which has no package of it.
    way="install .NET 10 with Microsoft's script ($get https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0), which puts it where build.sh finds it, or see https://dot.net/download"
    has dotnet || fail "the .NET SDK is missing; $way"
    dotnet --version >/dev/null 2>&1 </dev/null || fail "no .NET SDK here fits global.json; $way"
}

compiler() { type -P clang || type -P gcc; }

has_zlib_headers() { printf '#include <zlib.h>\n' | "$(compiler)" -E -x c - >/dev/null 2>&1; }

# SQLite as a library to be linked into the executable; its path, or nothing.
sqlite_library() {
    local path
    path=$("$(compiler)" -print-file-name=libsqlite3.a)
    [ ! -e "$path" ] || printf '%s' "$path"
}

# The missing packages by their names in Debian and Ubuntu, each on a line with what it is needed for.
missing_to_build() {
    compiler >/dev/null || printf 'gcc to link the executable\n'
    { compiler >/dev/null && has_zlib_headers; } || printf 'zlib1g-dev to link the executable\n'
    { compiler >/dev/null && [ -n "$(sqlite_library)" ]; } || printf 'libsqlite3-dev to link the executable\n'
}

missing_to_test() {
    local tool package
    while read -r tool package; do
        has "$tool" || printf '%s for the tests (%s)\n' "$package" "$tool"
    done <<'TOOLS'
nc.openbsd netcat-openbsd
nc.traditional netcat-traditional
busybox busybox
telnet telnet
script bsdutils
prlimit util-linux
setpriv util-linux
TOOLS
    has kill || printf 'procps for the tests (kill)\n'
    [ -e "${TZDIR:-/usr/share/zoneinfo}/Europe/Vienna" ] || printf 'tzdata for the tests (time zones)\n'
}

# How a person installs packages here: one command where it is known.
way_to_install() {
    local command="with your system's package manager (the names are those in Debian and Ubuntu)"
    if has apt-get; then
        command="with: sudo apt-get install -y $*"
    elif [ "${*: -1}" = zlib1g-dev ] || [ "${*: -1}" = libsqlite3-dev ]; then
        if has dnf; then
            command='with: sudo dnf install -y gcc zlib-devel sqlite-devel'
        elif has apk; then
            command='with: sudo apk add gcc musl-dev zlib-dev sqlite-static sqlite-dev'
        elif has pacman; then
            command='with: sudo pacman -S --needed gcc zlib sqlite'
        elif has xcode-select; then
            command='with: xcode-select --install'
        fi
    fi
    printf 'install %s' "$command"
}

lists_are_new=

# Installs one package with apt-get. The lists are fetched anew where it can't be had otherwise, once.
apt_install() {
    local output
    output=$(DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=60 install -y --no-install-recommends "$1" 2>&1 </dev/null) && return
    if [ -z "$lists_are_new" ]; then
        lists_are_new=1
        printf 'Updating the package lists (apt-get update)…\n'
        apt-get -o DPkg::Lock::Timeout=60 update -qq </dev/null || true
        apt_install "$1"
        return
    fi
    printf '%s\n' "$output" >&2
    fail "apt-get could not install $1; see above"
}

# Installs what the lines that it is given name: as root where there is apt-get; elsewhere it says how.
install_missing() {
    local package purpose packages=()
    while read -r package purpose; do
        packages+=("$package")
        if has apt-get && [ "$(id -u)" = 0 ]; then
            printf 'Installing %s with apt-get, %s\n' "$package" "$purpose"
            apt_install "$package"
        fi
    done
    [ "${#packages[@]}" = 0 ] || { has apt-get && [ "$(id -u)" = 0 ]; } || fail "missing: ${packages[*]}; $(way_to_install "${packages[@]}")"
}

check_tools() {
    check_sdk
    install_missing < <(missing_to_build) >&2
}

check_test_tools() { install_missing < <(missing_to_test) >&2; }

# The linker that native compilation calls is clang unless told otherwise.
native_options() {
    has clang || printf '%s ' '-p:CppCompilerAndLinker=gcc'
    printf '%s' "-p:SqliteLibrary=$(sqlite_library)"
}

# Publishes a project as a native executable, and says how far it is.
publish_native() {
    local what=$1 line status=1
    shift
    step "Compiling $what"
    # shellcheck disable=SC2046
    while IFS= read -r line; do
        case "$line" in
            "status "*) status=${line#status } ;;
            *'Generating native code'*) step "Linking $what, which takes about half a minute" ;;
            '' | *' -> '* | *'Determining projects'* | *'Restored '* | *'up-to-date for restore'*) ;;
            *)
                step_ends
                printf '%s\n' "$line"
                ;;
        esac
    done < <(dotnet publish "$@" -c Release -v minimal --tl:off --nologo $(native_options) 2>&1 </dev/null; printf 'status %s\n' "$?")
    step_ends
    [ "$status" = 0 ] || fail "$what could not be built; see above"
}

publish() {
    check_tools
    publish_native 'the server' src/AotChat
    # A copy beside the old file and a rename: a server that runs from it goes on undisturbed.
    cp "$publish_dir/aotchat" .aotchat.new && mv .aotchat.new aotchat
    printf 'Built ./aotchat (%s bytes) in %s s. Start it, then join with: nc localhost 1235\n' "$(wc -c <aotchat | tr -d ' ')" "$SECONDS"
}

# The bench is native too: neither it nor the floor may be compiled while it measures.
publish_bench() { publish_native 'the bench' tests/AotChat.Load; }

# The server with jobs that misbehave, for the end-to-end tests.
publish_test_server() {
    publish_native 'the server for tests' tests/AotChat.TestServer
    # Once more with nothing left to reflect on, not even for stack traces: dispatch must do without.
    publish_native 'it without metadata' tests/AotChat.TestServer -p:StackTraceSupport=false -p:ArtifactsPivots=stripped
}

bench() {
    # Standard output is for the figures alone.
    { publish && publish_bench; } >&2
    exec "$bench_dir/aotchat-load" "$@"
}

# What the generators write, where a person can read it.
generated() {
    check_tools
    step 'Compiling'
    rm -rf "$generated_dir"
    # From scratch, since what is up to date is not compiled; apart from other builds, which it must not disturb.
    dotnet build src/AotChat -v quiet --nologo --no-incremental -p:ArtifactsPivots=generated \
        -p:EmitCompilerGeneratedFiles=true -p:CompilerGeneratedFilesOutputPath="$PWD/$generated_dir"
    step_ends
    printf 'Generated from [Command] and [Job]:\n'
    find "$generated_dir/AotChat.Generators" -name '*.cs' | LC_ALL=C sort
}

# How fast dispatch is, and how little the generators cost in an editor.
benchmark() {
    check_tools
    step 'Compiling'
    dotnet build tests/AotChat.Benchmarks -c Release -v quiet --nologo
    step_ends
    local program=artifacts/bin/AotChat.Benchmarks/release/AotChat.Benchmarks.dll
    case "${1-}" in
        edit | ratio) dotnet "$program" "$1" ;;
        *) dotnet "$program" --filter "${1:-*}" ;;
    esac
}

run_tests() {
    check_test_tools
    publish
    publish_bench
    publish_test_server
    dotnet restore AotChat.sln -v quiet
    step 'Checking the format'
    dotnet format whitespace AotChat.sln --no-restore --verify-no-changes
    step 'Compiling the tests'
    dotnet build AotChat.sln --no-restore -v quiet --nologo
    step_ends

    local passed=0 failed=0 skipped=0 status=0 project
    log=$(mktemp)
    for project in "${test_projects[@]}"; do
        dotnet test "tests/$project" --no-build --nologo --blame-hang-timeout 3m 2>&1 | tee "$log" || status=1
        # The runner's closing line: «Failed: 0, Passed: 12, Skipped: 0, Total: 12». None at all is a failure too.
        if grep -q 'Total: *[0-9]' "$log"; then
            passed=$((passed + $(count Passed "$log")))
            failed=$((failed + $(count Failed "$log")))
            skipped=$((skipped + $(count Skipped "$log")))
        else
            printf 'build.sh: %s did not finish\n' "$project" >&2
            failed=$((failed + 1))
        fi
    done
    [ "$status" = 0 ] || [ "$failed" -gt 0 ] || failed=1
    printf 'Tested in %s s\n' "$SECONDS"
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

count() { grep 'Total: *[0-9]' "$2" | tail -n 1 | sed -E "s/.*$1: *([0-9]+).*/\1/"; }

help() {
    cat <<'TEXT'
./build.sh           build the native executable and leave it as ./aotchat
./build.sh test      build it, then check format and style and run all tests; the last line counts them
./build.sh bench     build it, measure it against a bare server that does the minimum, and print a Markdown table;
                     ./build.sh bench --help says more
./build.sh generated write the code generated for the commands and jobs to files, and list them
./build.sh benchmark measure dispatch against hand-written code, in some minutes; benchmark ratio does it in seconds,
                     benchmark edit measures what a change to the code costs in an editor
./build.sh clean     remove everything that was built
./build.sh help      print this

Needs the .NET 10 SDK. It also needs a C compiler (clang or gcc) with the zlib headers and SQLite
(libsqlite3.a) and, for the tests, three kinds of nc, telnet, script, kill, prlimit, setpriv and time zone data. What is missing is installed when run as root on Debian or
Ubuntu; otherwise build.sh says how to install it.
TEXT
}

case "${1-}" in
    "") publish ;;
    test) run_tests ;;
    bench) bench "${@:2}" ;;
    generated) generated ;;
    benchmark) benchmark "${@:2}" ;;
    clean) rm -rf artifacts aotchat ;;
    help | -h | --help) help ;;
    *) help >&2; fail "unknown command '$1'" ;;
esac
