"""What people and programs read: a `View` in, report records out."""
