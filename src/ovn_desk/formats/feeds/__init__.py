"""Feeds and sitemaps, from the same values as the pages."""

from ovn_desk.formats.feeds.item import NEWEST, Item, html
from ovn_desk.formats.feeds.json_feed import json_feed
from ovn_desk.formats.feeds.rss import rss
from ovn_desk.formats.feeds.sitemaps import news_sitemap, sitemap

__all__ = ["NEWEST", "Item", "html", "json_feed", "news_sitemap", "rss", "sitemap"]
