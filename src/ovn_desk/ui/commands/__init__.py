"""Commands: what one is, and the menus, actions and palette that are made from a list of them."""

from ovn_desk.ui.commands.command import Command, Menu, Submenu, in_menu_order

__all__ = ["Command", "Menu", "Submenu", "in_menu_order"]
