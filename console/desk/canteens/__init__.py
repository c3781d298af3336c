"""Pages of the desk about canteens: who cooks where, the menus, and the riders' lists."""
