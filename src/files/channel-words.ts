import type { Queue } from "../domain/plan/queue.ts";
import { foldedText } from "./calendar-words.ts";

/** Words for channels, folded, in the languages of `people-columns.ts`. A word stands by itself unless it is Chinese or Japanese. */
const channelWords: Readonly<Record<Queue["channel"], string>> = {
  voice:
    "voice|phone|phones|telephone|telephony|call|calls|hotline|telefon|telefonie|anrufe|appels|voix|voz|llamadas|" +
    "telefono|chamadas|telefone|chiamate|telefoon|polaczenia|cagri|电话|语音|热线|音声|電話",
  chat: "chat|chats|webchat|livechat|messaging|messenger|whatsapp|sms|聊天|在线客服|チャット",
  deferred:
    "email|emails|e mail|e mails|mail|mails|ticket|tickets|back office|backoffice|courriel|courriels|correo|correos|" +
    "e posta|邮件|工单|メール",
};

const patterns = Object.entries(channelWords).map(([channel, words]) => {
  const latin = words.split("|").filter((word) => /[a-z]/.test(word));
  const others = words.split("|").filter((word) => !/[a-z]/.test(word));
  return {
    channel: channel as Queue["channel"],
    pattern: new RegExp(`(?<![a-z])(?:${latin.join("|")})(?![a-z])|${others.join("|")}`),
  };
});

/**
 * The channel that a name speaks of; null where it speaks of none, or of several.
 *
 * @example channelOfName("Web chat - Retail") // "chat"
 */
export function channelOfName(name: string): Queue["channel"] | null {
  const text = foldedText(name).replace(/[^\p{L}\p{N}]+/gu, " ");
  const spoken = patterns.filter(({ pattern }) => pattern.test(text));
  return spoken.length === 1 ? spoken[0].channel : null;
}
