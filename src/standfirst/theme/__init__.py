"""Everything readers see: templates, components, styles, scripts, strings and the page renderers."""
