"""The site's own parts of Datasette: every module here is a plugin, ``plugins.view`` holds what they stand on."""
