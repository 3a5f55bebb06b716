"""Feeds and sitemaps, from the same values as the pages."""

from ovn_desk.rendering.feeds.item import NEWEST, html
from ovn_desk.rendering.feeds.json_feed import json_feed
from ovn_desk.rendering.feeds.rss import rss
from ovn_desk.rendering.feeds.sitemaps import news_sitemap, sitemap

__all__ = ["NEWEST", "html", "json_feed", "news_sitemap", "rss", "sitemap"]
