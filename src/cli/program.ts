import { Command } from "commander";
import { version } from "../../package.json";
import { addAdherenceCommand } from "./adherence.ts";
import { addBacktestCommand } from "./backtest.ts";
import { addCompareCommand } from "./compare.ts";
import { addDayCommand } from "./day.ts";
import { addErlangCommand } from "./erlang.ts";
import { addFixCommand } from "./fix.ts";
import { addForecastCommand } from "./forecast.ts";
import { addLeaveCommand } from "./leave.ts";
import { addNextCommand } from "./next.ts";
import { addPaybackCommand } from "./payback.ts";
import { addPeopleCommand } from "./people.ts";
import { addPilotCommand } from "./pilot.ts";
import { addPlanCommand } from "./plan.ts";
import { addPoolingCommand } from "./pooling.ts";
import { addPublishCommand } from "./publish.ts";
import { addRequireCommand } from "./require.ts";
import { addReviewCommand } from "./review.ts";
import { addRosterCommand } from "./roster.ts";
import { addScheduleCommand } from "./schedule.ts";
import { addSimulateCommand } from "./simulate.ts";
import { addWaysCommand } from "./ways.ts";

/** The command line: each command stands in a file of its own, exports `addXCommand(program)` and is added here. */
export function shiftwrightProgram(): Command {
  const program = new Command("shiftwright")
    .description(
      "Workforce planning for contact centres: the stages of the browser program, without a browser",
    )
    .version(version)
    .exitOverride();

  addForecastCommand(program);
  addBacktestCommand(program);
  addErlangCommand(program);
  addRequireCommand(program);
  addScheduleCommand(program);
  addPoolingCommand(program);
  addRosterCommand(program);
  addPublishCommand(program);
  addSimulateCommand(program);
  addPlanCommand(program);
  addNextCommand(program);
  addReviewCommand(program);
  addPeopleCommand(program);
  addLeaveCommand(program);
  addCompareCommand(program);
  addFixCommand(program);
  addPaybackCommand(program);
  addWaysCommand(program);
  addPilotCommand(program);
  addDayCommand(program);
  addAdherenceCommand(program);
  return program;
}
