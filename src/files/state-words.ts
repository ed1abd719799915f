import type { StateKind } from "../domain/plan/agent-states.ts";
import { foldedText } from "./calendar-words.ts";

/** Names of states in the exports of ACDs, folded; what stands first wins where a name holds several. */
const words: readonly (readonly [kind: StateKind, names: string])[] = [
  [
    "offline",
    "offline|off line|logged out|logged off|logout|logoff|log out|log off|sign out|signed out|not logged in|" +
      "logged_out|sign_out|abgemeldet|offline gegangen|deconnecte|desconectado|离线|下线|签出|登出|未登录",
  ],
  [
    "break",
    "break|lunch|meal|dinner|pause|rest room|restroom|toilet|mittag|mittagspause|dejeuner|repas|descanso|almuerzo|comida|" +
      "pausa|almoco|przerwa|mola|休息|小休|午餐|用餐|就餐",
  ],
  [
    "away",
    "not ready|notready|unavailable|not available|away|meeting|training|coaching|busy|admin|project|team|e learning|" +
      "elearning|not responding|no answer|refused|missed|idle timeout|besprechung|schulung|nicht bereit|reunion|formation|" +
      "capacitacion|treinamento|会议|培训|辅导|示忙|忙碌|离开",
  ],
  [
    "working",
    "available|on queue|on_queue|onqueue|ready|idle|interacting|communicating|on call|oncall|on contact|talking|talk|" +
      "hold|ringing|reserved|dialing|acw|after call work|after contact work|aftercallwork|wrap up|wrapup|wrap|working|work|" +
      "active|handling|inbound|outbound|preview|login|log in|logged in|online|chat|email|call|bereit|verfugbar|" +
      "gesprach|nachbearbeitung|disponible|disponivel|en ligne|空闲|通话|就绪|示闲|工作中|在线|签入|登录|话后处理|振铃",
  ],
];
const named = words.flatMap(([kind, names]) => names.split("|").map((name) => ({ kind, name })));

/** What a state's name says of it; null where it says nothing. A whole name counts before words within one. */
export function kindOfState(state: string): StateKind | null {
  const folded = foldedText(state)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const whole = named.find(({ name }) => name === folded);
  if (whole !== undefined) return whole.kind;
  const within = named.find(({ name }) =>
    /[a-z]/.test(name) ? ` ${folded} `.includes(` ${name} `) : folded.includes(name),
  );
  return within?.kind ?? null;
}
