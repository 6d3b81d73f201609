"""The design system: tokens, macros, icons, fonts."""
