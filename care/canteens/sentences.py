"""The sentences of `data/canteens/sentences.yml`."""

from typing import ClassVar

from care.sentences import Places, SentenceFile


class Sentences(SentenceFile):
    """Every sentence by its name."""

    file = "canteens/sentences.yml"
    places: ClassVar[Places] = {
        "late": {"day", "meal", "until"},
        "closed": {"canteen", "day", "meal"},
        "twice": {"day", "meal", "count", "ref"},
        "twice_desk": {"day", "meal", "count", "ref"},
        "twice_elsewhere": {"day", "meal"},
        "way_stays": {"meal"},
        "no_way": {"canteen", "way"},
        "allergy": {"who", "allergens", "day", "meal", "dishes"},
        "better": {"day", "meal"},
        "better_desk": {"day", "meal"},
        "no_canteen": {"way"},
        "no_canteen_there": {"way"},
        "no_canteens": {"region"},
        "menu": {"canteen", "day", "meal", "dishes"},
        "no_menu": {"canteen", "day", "phone"},
        "menu_allergy": {"dishes", "allergens"},
        "name_taken": {"name"},
        "region_unknown": {"name"},
        "hours_bad": {"meal"},
        "until_bad": {"meal", "latest"},
        "file_too_large": {"most"},
        "no_column": {"column"},
        "too_many_rows": {"most"},
        "row_far": {"most"},
        "row_not_served": {"meal"},
        "row_diet": {"word", "words"},
        "row_allergen": {"word", "words"},
        "row_twice": {"row"},
    }

    late: str
    closed: str
    twice: str
    twice_desk: str
    twice_elsewhere: str
    more: str
    way_stays: str
    which_door: str
    no_way: str
    allergy: str
    better: str
    better_desk: str
    no_better: str
    no_better_desk: str
    no_canteen: str
    which_place: str
    no_canteen_there: str
    no_canteens: str
    menu: str
    no_menu: str
    menu_allergy: str
    name_bad: str
    name_taken: str
    kind_unknown: str
    region_unknown: str
    phone_bad: str
    address_missing: str
    way_missing: str
    hours_bad: str
    leaves_bad: str
    until_bad: str
    seats_bad: str
    no_meals: str
    round_name_bad: str
    areas_missing: str
    worker_unknown: str
    meal_unknown: str
    no_such_canteen: str
    no_such_round: str
    no_workbook: str
    file_too_large: str
    no_column: str
    too_many_rows: str
    no_rows: str
    row_date: str
    row_past: str
    row_far: str
    row_meal: str
    row_not_served: str
    row_name: str
    row_price: str
    row_diet: str
    row_allergen: str
    row_twice: str
    import_gone: str
    not_delivered: str


sentence = Sentences.say
