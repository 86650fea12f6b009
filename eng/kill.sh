#!/usr/bin/env bash
# Kills commands that write, with SIGKILL at random moments, and looks at what they leave: nothing half-written may be taken for
# whole, and the same command, given again, has to end with the same files as one that nobody disturbed. Then on a full disk (as root),
# and two at once in one folder.
#   eng/kill.sh                  5 kills of each command
#   eng/kill.sh 20 7             20 kills, seed 7
#   eng/kill.sh 20 7 relax draw  of these two
# Prints a Markdown table; takes minutes to hours. Files that differ between two undisturbed runs, such as logs with times, are not compared.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
kills=${1:-5}
RANDOM=${2:-1}
shift $(($# < 2 ? $# : 2))
wanted=" ${*:-all} "

program=${KAGOME_PROGRAM:-$root/src/Kagome.Cli/bin/Release/net10.0/Kagome.Cli.dll} # or another build
[[ -n ${KAGOME_PROGRAM:-} ]] || ./kagome --version >/dev/null || exit 1
work=$(mktemp -d)
trap 'umount "$work"/*/disk 2>/dev/null; rm -rf "$work"' EXIT
failures=0

kagome() { dotnet "$program" "$@"; }
now() { date +%s%3N; }

# Checksum and name of every file that users see; of models the weights alone, since their headers tell the time.
files() {
    local path
    (
        cd "$1" || exit
        find . -type f ! -path '*/.*' -printf '%P\n' | while IFS= read -r path; do
            if [[ $path == *.safetensors ]]; then
                tail -c "+$(($(od -An -t u8 -N 8 "$path") + 9))" "$path" | sha256sum | sed "s|-$|$path|"
            else
                sha256sum "$path"
            fi
        done
    ) | LC_ALL=C sort
}
leftovers() { (cd "$1" && find . \( -name '.*.tmp' -o -name '*.unfinished' \) | wc -l); }

complain() {
    echo "FAULT in $1: $2" >&2
    failures=$((failures + 1))
}

# Starts a command in a folder; its process is $started.
start() {
    local folder=$1
    shift
    mkdir -p "$folder"
    (cd "$folder" && exec dotnet "$program" "$@") >"$folder.log" 2>&1 &
    started=$!
}

# finish FOLDER COMMAND…: runs it to its end.
finish() {
    start "$@"
    wait "$started"
}

# case_of NAME KIND COMMAND…
#   whole: what stands under its name is as it will be; run: a folder that fills, and goes on with --resume; stages: one that goes on by itself
case_of() {
    local name=$1 kind=$2
    shift 2
    [[ $wanted == " all " || $wanted == *" $name "* ]] || return 0
    local base=$work/$name begin length
    finish "$base/one" "$@" || {
        complain "$name" "undisturbed, it fails: $(grep -v 'report it' "$base/one.log" | tail -n 1)"
        return
    }
    begin=$(now)
    finish "$base/two" "$@"
    length=$(($(now) - begin))
    files "$base/one" >"$base/one.sums"
    files "$base/two" >"$base/two.sums"
    LC_ALL=C comm -12 "$base/one.sums" "$base/two.sums" >"$base/sums"
    local compared
    compared=$(wc -l <"$base/sums")
    [[ $compared -gt 0 ]] || complain "$name" "no file is the same in two undisturbed runs"

    local killed=0 earliest=999999 latest=0 half=0 wrong=0 left=0 i
    for ((i = 0; i < kills; i++)); do
        local folder=$base/$i moment=$(((RANDOM * 32768 + RANDOM) % (length + length / 10 + 1)))
        start "$folder" "$@"
        sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
        if kill -9 "$started" 2>/dev/null; then
            killed=$((killed + 1))
            earliest=$((moment < earliest ? moment : earliest))
            latest=$((moment > latest ? moment : latest))
        fi
        wait "$started" 2>/dev/null
        check_whole "$name" "$kind" "$folder" "$base/sums" || half=$((half + 1))

        local again=("$@")
        [[ $kind == run && -n $(ls -A "$folder") ]] && again+=(--resume)
        if ! finish "$folder" "${again[@]}"; then
            # a run that was killed before its first state has nothing to go on with, and says so
            if [[ $kind != run ]] || ! finish "$folder" "$@"; then
                complain "$name" "killed after $moment ms, it fails when given again: $(tail -n 1 "$folder.log")"
                wrong=$((wrong + 1))
                continue
            fi
        fi
        if ! same "$folder"; then
            complain "$name" "killed after $moment ms, it ends with other files: $(head -n 3 "$base/difference")"
            wrong=$((wrong + 1))
        fi
        left=$((left + $(leftovers "$folder")))
        rm -rf "$folder"
    done
    ((killed > 0)) || earliest=none latest=none
    echo "| $name | $killed | $earliest to $latest of $length | $compared of $(wc -l <"$base/one.sums") | $half | $wrong | $left | $(on_small_disk "$@") | $(twice "$@") |"
}

# What a program says that fails as it should: a line, and no stack trace.
refused() { [[ $1 == 2 ]] && ! grep -q '^ *at ' "$2"; }

# A disk with half the space that is needed, then one that cannot be written to, then enough of it. Needs root.
on_small_disk() {
    local disk=$base/disk size said=""
    mkdir -p "$disk"
    size=$(($(du -sb "$base/one" | cut -f 1) / 2 + 4096))
    mount -t tmpfs -o "size=$size" tmpfs "$disk" 2>/dev/null || {
        echo "not tried"
        return
    }
    finish "$disk" "$@"
    refused $? "$disk.log" && said="full: refused" || said="full: FAULT $(tail -n 1 "$disk.log")"
    [[ $kind == run ]] || check_whole "$name" "$kind" "$disk" "$base/sums" || said+=", half-written"
    mount -o remount,ro "$disk"
    finish "$disk" "$@"
    refused $? "$disk.log" && said+="; read-only: refused" || said+="; read-only: FAULT $(tail -n 1 "$disk.log")"
    mount -o "remount,rw,size=$((size * 20 + 10000000))" "$disk"
    local again=("$@")
    [[ $kind == run && -e $disk/out ]] && again+=(--resume)
    finish "$disk" "${again[@]}" || finish "$disk" "$@"
    same "$disk" && said+="; then as undisturbed" || said+="; then FAULT $(tail -n 1 "$disk.log")"
    umount "$disk"
    echo "$said"
}

# Two of the same at once: one ends as if alone, the other too, or is refused.
twice() {
    local one two first second
    start "$base/both" "$@"
    one=$started
    mv "$base/both.log" "$base/first.log" 2>/dev/null
    start "$base/both" "$@"
    two=$started
    wait "$one"
    first=$?
    wait "$two"
    second=$?
    if [[ $first != 0 && $second != 0 ]] || ! same "$base/both"; then
        echo "FAULT $(tail -n 1 "$base/both.log")"
    elif [[ $first == 0 && $second == 0 ]]; then
        echo "both as undisturbed"
    elif refused $((first + second)) "$base/$([[ $first == 0 ]] && echo both || echo first).log"; then
        echo "one refused"
    else
        echo "FAULT $(tail -n 1 "$base/both.log")"
    fi
}

# Whether a folder holds all that it held in two undisturbed runs.
same() {
    files "$1" >"$base/again.sums"
    LC_ALL=C comm -13 "$base/again.sums" "$base/sums" >"$base/difference"
    [[ ! -s $base/difference ]]
}

# Files that stand under their names after a kill: those of a finished command in whole, of a run what reads them has to say so.
check_whole() {
    local name=$1 kind=$2 folder=$3 sums=$4 path
    if [[ $kind == whole ]]; then
        files "$folder" >"$folder.sums"
        cut -d ' ' -f 3- "$sums" | grep -Fxf <(cut -d ' ' -f 3- "$folder.sums") >"$folder.both"
        while IFS= read -r path; do
            if ! grep -F "  $path" "$folder.sums" | grep -qFxf "$sums"; then
                complain "$name" "$path is half-written"
                return 1
            fi
        done <"$folder.both"
        return 0
    fi
    while IFS= read -r path; do
        if ! kagome models verify "$path" >/dev/null 2>&1; then
            complain "$name" "$path is half-written"
            return 1
        fi
    done < <(find "$folder" -name '*.safetensors' ! -name state.safetensors ! -path '*/.*') # states are read by --resume, seal and all
}

data=$root/recipes/prototypes.jsonl.gz
zcat "$data" | head -n 40 | gzip >"$work/forty.jsonl.gz"
zcat "$data" | head -n 12 >"$work/twelve.jsonl"
cp "$root"/samples/textbook/*.cif "$work"

echo "| command | kills | after ms | files compared | half-written | other than undisturbed | left behind | small disk | two at once |"
echo "|---|---|---|---|---|---|---|---|---|"
case_of predict whole predict NaCl MgO --candidates generated --samples 6 --steps 12 --predictor none --out out
case_of energy whole energy --data "$data" --out out
case_of relax whole relax --data "$work/forty.jsonl.gz" --iterations 3 --out out
case_of evaluate run evaluate --data "$work/twelve.jsonl" --split all --steps 10 --out out
case_of convert whole convert "$data" out.csv --force
case_of convert-folder whole convert "$work/forty.jsonl.gz" out/ --to poscar --force
case_of data-filter whole data filter "$data" --out out.jsonl.gz --force
case_of data-split whole data split "$data" --out out --shares train=0.8,val=0.2 --force
case_of prototypes-build whole prototypes build --data "$data" --out mine.prototypes
kagome prototypes build --data "$data" --out "$work/mine.prototypes" >/dev/null 2>&1
case_of train-ranker whole train ranker --library "$work/mine.prototypes" --out ranker.safetensors --epochs 2
case_of train-generator run train generator --data "$data" --recipe tiny --steps 60 --out out
case_of train-predictor run train predictor --data "$data" --recipe tiny-predictor --steps 60 --out out
kagome train predictor --data "$data" --recipe tiny-predictor --steps 20 --out "$work/start" >/dev/null 2>&1
cat >"$work/property.toml" <<'END'
name = "property"
seed = 1
[property]
label = "e_hull"
unit = "eV"
folds = 2
[batches]
atoms = 64
crystals = 16
[run]
steps = 60
workers = 1
checkpoint_minutes = 0.01
END
case_of train-property run train property --data "$data" --recipe "$work/property.toml" --init "$work/start/model.safetensors" --out out
sed 's/^steps = .*/steps = 40/' "$root/recipes/tiny-two-stage.toml" >"$work/stages.toml"
cp "$data" "$work/prototypes.jsonl.gz"
case_of pretrain stages pretrain --recipe "$work/stages.toml" --out out
case_of draw whole draw "$work/NaCl.cif" "$work/Si.cif" --out out.png --force
case_of models-pack whole models pack kagome-g out.safetensors --force
exit $((failures > 0)) # FAULT in a column, or above
