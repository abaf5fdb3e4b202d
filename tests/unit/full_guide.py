"""A guide file with everything in it that a guide can have."""

from __future__ import annotations

FULL = """---
id: it-product-manager
title: IT Product Manager
language: en
---
First paragraph,
wrapped.

Second *paragraph*.

## Common questions

### How do you prioritize? {#prioritize}
**Why they ask:** To see
how you think.
**Key points:**
- One
- Two, wrapped
  over a line
**Follow-ups:**
* And if they disagree?
**Asked as:**
- What comes first, and why?
- Which request wins?
**Competencies:** prioritization, stakeholder
management
**Target length:** 90 s
**Sample answer:** I count.

Then I decide.
**Personalization tip:** Use your own figures.

## Behavioral questions
About your past.

### Tell me about a conflict
**STAR:**
- Situation: Two teams
- **Task:** Decide
- Action: I listened
- Result: Peace
**Personalization tip:** Be kind.

### Tell me about a conflict
**Approach:**
1. Ask
2. Draw
   - a box
   - an arrow
**Notes:** Left over.
"""
