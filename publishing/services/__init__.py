"""Getting approved tweets out: CLAIM, CHECK and ARM, SEND, FINISH, RECONCILE.

Four short transactions for each delivery, and none open while the platform is asked.
"""

from publishing.backends.base import CannotAsk
from publishing.services.alerting import link_of
from publishing.services.answering import drop, reschedule, say_live, send_again
from publishing.services.asking_to_take_down import (
    AlreadyAsked,
    NotPublic,
    ask,
    can_be_taken_down,
    goes_by_itself,
)
from publishing.services.calling import call_out
from publishing.services.changing_profiles import (
    AlreadyWanted,
    ask_for_change,
    decide_on_change,
    tick_change,
    withdraw_change,
)
from publishing.services.checking import check_ahead
from publishing.services.choosing import (
    PublisherChanged,
    StillUnderWay,
    choices_for,
    choose_publisher,
    practises,
    serves,
)
from publishing.services.circuit import NotStopped, is_stopped, lift
from publishing.services.connecting import (
    Connection,
    Needs,
    check_connection,
    needs_of,
    try_connection,
)
from publishing.services.dispatching import dispatch_due, finish_sending
from publishing.services.heartbeat import dispatcher_is_silent, heartbeats, silence_since
from publishing.services.inviting import (
    CannotConnect,
    WayOver,
    begin_connecting,
    can_be_connected,
    finish_connecting,
    host_of,
)
from publishing.services.mailing import mail_out
from publishing.services.moving import (
    Outcomes,
    going_out,
    hold_all,
    movable,
    move_times,
    on_its_way,
)
from publishing.services.practice import (
    FAULTS,
    Fault,
    fail_next,
    post_past,
    practice_is_on,
    practice_timeline,
)
from publishing.services.queueing import cancel, enqueue
from publishing.services.reading_profiles import (
    Checked,
    can_read_profile,
    check_profile,
    check_profiles_due,
    take_as_record,
)
from publishing.services.reading_timelines import (
    AlreadyExplained,
    explain,
    freeze,
    read_timelines_due,
)
from publishing.services.reckoning import LATENESS, Totals, reckon, totals
from publishing.services.reconciling import reconcile
from publishing.services.restoring import doubt_what_waits
from publishing.services.revealing import (
    SHOWN_FOR,
    AlreadyOpen,
    NothingStored,
    ask_to_reveal,
    decide_on_reveal,
    lapse_reveals,
    must_be_changed,
    show_credentials,
    withdraw_reveal,
)
from publishing.services.settling_take_downs import SCREENSHOTS, confirm_gone, confirm_never_public
from publishing.services.situations import Situation, page_of, situation_of, with_attempts
from publishing.services.standby import stand_by
from publishing.services.status import is_troubled, status_of
from publishing.services.stopping import give_back_what_fell_due, stop_and_look
from publishing.services.taking_down import hurry, take_down_due
from publishing.services.timed_words import timed_words
from publishing.services.vault import CannotOpen, KeyLost, NoKeys, has_its_key, reseal, stored_at
from publishing.services.vault import store as store_credentials
from publishing.services.watching import looks_restored, overdue, watch, watch_trail

__all__ = [
    "FAULTS",
    "LATENESS",
    "SCREENSHOTS",
    "SHOWN_FOR",
    "AlreadyAsked",
    "AlreadyExplained",
    "AlreadyOpen",
    "AlreadyWanted",
    "CannotAsk",
    "CannotConnect",
    "CannotOpen",
    "Checked",
    "Connection",
    "Fault",
    "KeyLost",
    "Needs",
    "NoKeys",
    "NotPublic",
    "NotStopped",
    "NothingStored",
    "Outcomes",
    "PublisherChanged",
    "Situation",
    "StillUnderWay",
    "Totals",
    "WayOver",
    "ask",
    "ask_for_change",
    "ask_to_reveal",
    "begin_connecting",
    "call_out",
    "can_be_connected",
    "can_be_taken_down",
    "can_read_profile",
    "cancel",
    "check_ahead",
    "check_connection",
    "check_profile",
    "check_profiles_due",
    "choices_for",
    "choose_publisher",
    "confirm_gone",
    "confirm_never_public",
    "decide_on_change",
    "decide_on_reveal",
    "dispatch_due",
    "dispatcher_is_silent",
    "doubt_what_waits",
    "drop",
    "enqueue",
    "explain",
    "fail_next",
    "finish_connecting",
    "finish_sending",
    "freeze",
    "give_back_what_fell_due",
    "goes_by_itself",
    "going_out",
    "has_its_key",
    "heartbeats",
    "hold_all",
    "host_of",
    "hurry",
    "is_stopped",
    "is_troubled",
    "lapse_reveals",
    "lift",
    "link_of",
    "looks_restored",
    "mail_out",
    "movable",
    "move_times",
    "must_be_changed",
    "needs_of",
    "on_its_way",
    "overdue",
    "page_of",
    "post_past",
    "practice_is_on",
    "practice_timeline",
    "practises",
    "read_timelines_due",
    "reckon",
    "reconcile",
    "reschedule",
    "reseal",
    "say_live",
    "send_again",
    "serves",
    "show_credentials",
    "silence_since",
    "situation_of",
    "stand_by",
    "status_of",
    "stop_and_look",
    "store_credentials",
    "stored_at",
    "take_as_record",
    "take_down_due",
    "tick_change",
    "timed_words",
    "totals",
    "try_connection",
    "watch",
    "watch_trail",
    "with_attempts",
    "withdraw_change",
    "withdraw_reveal",
]
