"""The desk: page models, blocks, bylines, sections, topics, fronts, media and their publishing."""
