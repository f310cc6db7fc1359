"""T-01 to T-16: what raises a lead, a bar or a proposal. A trigger suggests; people find, hear and decide (assessment §7).

`annual` reads finished years, `political` the political-quality score, `monthly` the colours of statements, `entered` what somebody
checked and entered. `desks` puts the leads on the desk of the handler who manages the cadre. Nothing here can move a case.
"""

from workflow_app.assessment.triggers.annual import drafts, last_places, raise_leads
from workflow_app.assessment.triggers.desks import Draft

__all__ = ["Draft", "drafts", "last_places", "raise_leads"]
