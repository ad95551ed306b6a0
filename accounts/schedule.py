"""What the clock does about people: clears away, each night, what says from where they worked, and what their programs
were answered. A change of address that nobody confirmed ends; what a review of access left undecided is told."""

from accounts.actions import clear_sessions, let_it_expire, tell_what_is_late
from accounts.models import AccessReview, AddressChange, User
from core import clock
from core.once import forget_old
from promises.keeping import keeps, keeps_each_night
from promises.lanes import Lane

AT_NIGHT = 3  # o'clock in Brussels


@keeps_each_night("clear_sessions", hour=AT_NIGHT, lane=Lane.CLOCK)
def clear_tonight(_house):
    clear_sessions(at=clock.now())
    forget_old(at=clock.now())


@keeps("expire_address_change", lane=Lane.CLOCK)
def expire_address_change(change_id):
    if change := AddressChange.objects.open().filter(pk=change_id).first():
        let_it_expire(change, by=User.objects.clock())


@keeps("access_review_is_late", lane=Lane.CLOCK)
def access_review_is_late(review_id):
    if review := AccessReview.objects.open().filter(pk=review_id).first():
        tell_what_is_late(review, by=User.objects.clock())
