"""Wishes that start something of their own, in whatever form they are spoken."""

TASKS = {
    "order_meal": "meal_form",
    "book_service": "service_form",
    "book_visit": "service_form",
}
"""What each intent starts."""

ORDER_TASKS = {
    "check_order": "action_check_order",
    "change_order": "action_change_order",
}
"""The same for orders that were placed; cancelling means something else inside a booking."""
