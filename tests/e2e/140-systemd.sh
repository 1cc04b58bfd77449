# Goal of this test: the systemd units are sound, and the service's walls are as high as we say: exposure 1.5 at most.
. "$(dirname "$0")/lib.sh"
units=$DISCERN_ROOT/config/systemd
if ! command -v systemd-analyze >/dev/null; then
    skip "systemd-analyze is not installed"
    finish
fi
check "exposure is 1.5 or lower" systemd-analyze security --offline=true --no-pager --threshold=15 "$units/discern.service"
check "a wall less is noticed" sh -c "
    sed '/^PrivateDevices/d; /^NoNewPrivileges/d; /^ProtectSystem/d; /^CapabilityBoundingSet/d' '$units/discern.service' >'$work/discern.service'
    ! systemd-analyze security --offline=true --no-pager --threshold=15 '$work/discern.service'"
check "nothing in the units is unknown to systemd" sh -c "
    ! systemd-analyze verify '$units/discern.service' '$units/discern.timer' 2>&1 | grep -iE 'unknown|invalid|ignoring|failed to parse'"
check "the timer goes off on the next school day" sh -c "
    systemd-analyze calendar --base-time='2026-11-27 12:00' \"\$(sed -n 's/^OnCalendar=//p' '$units/discern.timer')\" | grep -q 'Mon 2026-11-30 06:30'"
finish
