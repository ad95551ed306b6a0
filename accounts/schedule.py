"""What the clock does about people: clears away, each night, what says from where they worked, and what their programs
were answered."""

from accounts.actions import clear_sessions
from core import clock
from core.once import forget_old
from promises.keeping import keeps_each_night
from promises.lanes import Lane

AT_NIGHT = 3  # o'clock in Brussels


@keeps_each_night("clear_sessions", hour=AT_NIGHT, lane=Lane.CLOCK)
def clear_tonight(_house):
    clear_sessions(at=clock.now())
    forget_old(at=clock.now())
