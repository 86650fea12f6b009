#!/usr/bin/env bash
# Slurm on one machine, as plain processes beside no other Slurm: eng/slurm.sh up FOLDER [NODES] | down FOLDER
# Needs Debian's slurm-wlm and munge, and root. `up` prints the variable by which sbatch and squeue find it:
#   eval "$(eng/slurm.sh up /tmp/slurm)"
# Everything, keys and logs included, lies in FOLDER; KAGOME_SLURM_PORT (27817) is the first of its ports.
set -euo pipefail
usage() { echo "usage: eng/slurm.sh up FOLDER [NODES] | down FOLDER" >&2; exit 2; }
[ $# -ge 2 ] || usage
mkdir -p "$2"
folder=$(cd "$2" && pwd)
nodes=${3:-1}
port=${KAGOME_SLURM_PORT:-27817}

down() {
    for file in "$folder"/slurmctld.pid "$folder"/slurmd-*.pid "$folder"/munged.pid; do
        [ ! -f "$file" ] || kill "$(cat "$file")" 2>/dev/null || true
    done
}

up() {
    local missing=()
    for program in munged slurmctld slurmd; do
        command -v "$program" >/dev/null || missing+=("$program")
    done
    if [ ${#missing[@]} != 0 ]; then
        echo "slurm: there is no ${missing[*]}; as root: apt-get install --no-install-recommends slurm-wlm munge" >&2
        exit 1
    fi
    mkdir -p "$folder/state" "$folder/log"
    chmod 755 "$folder"
    [ -f "$folder/munge.key" ] || (umask 077 && head -c 128 /dev/urandom >"$folder/munge.key")
    munged --force --key-file="$folder/munge.key" --socket="$folder/munge.sock" --pid-file="$folder/munged.pid" \
        --log-file="$folder/log/munged.log" --seed-file="$folder/munge.seed" --num-threads=2 2>>"$folder/log/munged.err"
    local memory=$(($(awk '/MemTotal/ { print int($2 / 1024) }' /proc/meminfo) - 512))
    {
        cat <<END
ClusterName=kagome
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.sock
CredType=cred/munge
SlurmctldPort=$port
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=5
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2
DefMemPerCPU=1024
MinJobAge=3600
KillWait=10
ReturnToService=2
MpiDefault=none
SlurmdParameters=config_overrides
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
        for ((node = 0; node < nodes; node++)); do
            mkdir -p "$folder/spool-k$node"
            echo "NodeName=k$node NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=$((port + 1 + node)) CPUs=$(nproc) RealMemory=$memory State=UNKNOWN"
        done
    } >"$folder/slurm.conf"
    export SLURM_CONF=$folder/slurm.conf
    slurmctld -c
    for ((node = 0; node < nodes; node++)); do
        slurmd -N "k$node"
    done
    for _ in $(seq 300); do
        if [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | wc -l)" -ge "$nodes" ]; then
            echo "export SLURM_CONF=$SLURM_CONF"
            return
        fi
        sleep 0.2
    done
    echo "slurm: it did not come up; $folder/log says why" >&2
    down
    exit 1
}

case $1 in
up) up ;;
down) down ;;
*) usage ;;
esac
