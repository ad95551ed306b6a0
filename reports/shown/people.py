"""How people are named."""


def name_of(person):
    return person.name if person else ""
