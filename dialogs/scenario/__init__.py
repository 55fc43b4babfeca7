"""A scenario: one manager, one job, one hidden reason, and the lines.

`file` reads the YAML file of one, strictly (`yaml_tree` is what of YAML is used); `authoring` helps whoever writes one, `reach` knows
what its call can come to and `diagram` draws that. Other scenarios come from no file: `surprise` draws one by lot, and `own_call`
makes one from a few answers about a real case. The built-in ones lie in dialogs/scenarios/.
"""

from dialogs.kinds import HOUSES, KINDS, Kind
from dialogs.scenario.file import (
    FIELDS,
    MANNERS,
    MAX_LINE,
    BadScenario,
    Scenario,
    drawn,
    faults,
    library,
    manner_lines,
    parse_scenario,
    read_scenario,
)

__all__ = [
    "FIELDS",
    "HOUSES",
    "KINDS",
    "MANNERS",
    "MAX_LINE",
    "BadScenario",
    "Kind",
    "Scenario",
    "drawn",
    "faults",
    "library",
    "manner_lines",
    "parse_scenario",
    "read_scenario",
]
