"""What a server has loaded stays to its end: looking through all of it for garbage made a page wait each time."""

import gc


def set_aside_what_is_loaded(**_signal):
    gc.collect()
    gc.freeze()
