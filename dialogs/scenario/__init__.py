"""A scenario: one manager, one job, one hidden reason, and the lines.

`scenario` is what one is; `file` reads it, strictly, and `lines` what is said in it (`tree` is what YAML becomes, `yaml_tree` what of it is used, `late_yaml` loads it); `folders`
knows which there are. Whoever writes one is helped by `first_file`, `remarks` and, in an editor, `schema`; `reach` knows what its
call can come to and `diagram` draws that. Other scenarios come from no file: `surprise` draws one by lot, and `own_call`
makes one from a few answers about a real case. The built-in ones lie in dialogs/scenarios/.
"""

from dialogs.kinds import HOUSES, KINDS, Kind
from dialogs.scenario.file import FIELDS, faults, parse_scenario, read_scenario
from dialogs.scenario.folders import drawn, library
from dialogs.scenario.lines import MANNERS, MAX_LINE, BadScenario, manner_lines
from dialogs.scenario.scenario import Scenario

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
