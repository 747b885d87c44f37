#!/bin/sh
# Runs one command where it can reach nothing. Called by confine.ts as process 1 of new user, mount, process, network,
# IPC and UTS namespaces; the only root it is root of is its own.
#
#   /bin/node, its shared objects    read-only, from the host
#   what `binds` lists               read-only, from the host
#   /work                            in memory, of limited size: the inputs, and all the command can write
#   everything else                  is not there
#
# The command runs in a further user namespace, as nobody and without any capability, inside a changed root: it can
# neither mount, nor leave the root (a process without CAP_SYS_CHROOT cannot, and a changed root may not make user
# namespaces), nor reach a network (its namespace has no interface that is up). When this shell dies, everything in its
# process namespace dies with it.
#
#   $1    folder of this run: root/ given/ out/ binds outputs environment collect.mjs
#   $2    bytes of /work            $3  data segment of a process, KiB      $4  CPU seconds of a process
#   $5    most process ids
#   rest  the command, as seen inside
#
# Writes out/status (exit code of the command) and out/files (what `collect.mjs` says about the outputs). Where there is
# no out/status the sandbox itself could not be built.
set -eu

run=$1 work_bytes=$2 data_kib=$3 cpu_seconds=$4 process_ids=$5
shift 5
root=$run/root

mount -t tmpfs -o size=4m,mode=755,nosuid,nodev genesis "$root"
while IFS='	' read -r kind host inside; do
  mkdir -p "$root$(dirname "$inside")"
  if [ "$kind" = folder ]; then mkdir -p "$root$inside"; else : >"$root$inside"; fi
  mount --bind "$host" "$root$inside"
  mount -o remount,bind,ro,nosuid,nodev "$root$inside"
done <"$run/binds"
mkdir "$root/work"
mount -t tmpfs -o size="$work_bytes",nr_inodes=4096,mode=755,nosuid,nodev,noexec genesis "$root/work"
cp -R "$run/given/." "$root/work"
mount -o remount,bind,ro,nosuid,nodev "$root"

# Kernels before 6.14 have one limit for the whole machine, and this one is then refused. It is the third lock on that
# door: the command may not start processes, and those it had would die with the namespace.
mount -t proc genesis /proc 2>/dev/null && echo "$process_ids" 2>/dev/null >/proc/sys/kernel/pid_max || :

ulimit -c 0
ulimit -n 256
ulimit -t "$cpu_seconds"
ulimit -d "$data_kib"

inside() {
  env -i $environment unshare --user --map-user=65534 --map-group=65534 --root="$root" --wd=/work "$@" </dev/null
}

# One NAME=value a line; names and values have no white space (confine.ts refuses them).
environment=$(cat "$run/environment")
status=0
inside "$@" || status=$?
kill -KILL -1 2>/dev/null || :

environment=
inside /bin/node --permission --allow-fs-read=/work --eval "$(cat "$run/collect.mjs")" -- $(cat "$run/outputs") >"$run/out/files"
echo "$status" >"$run/out/status"
