// A native poll: choose and vote, then see the shares.

import { h } from "./dom.js";
import { emojiText } from "./inline.js";
import { timestamp } from "./time.js";

export function poll(message, view) {
  const { poll: data } = message;
  const counts = new Map((data.results?.answer_counts ?? []).map((count) => [count.id, count]));
  const total = [...counts.values()].reduce((sum, { count }) => sum + count, 0);
  const over = data.results?.is_finalized || (data.expiry && Date.parse(data.expiry) < Date.now());
  const voted = [...counts.values()].some((count) => count.me_voted);
  const rows = data.answers.map((answer) => {
    const count = counts.get(answer.answer_id) ?? { count: 0, me_voted: false };
    return over || voted ? result(answer, count, total) : choice(answer, message, view);
  });
  return h(
    "div",
    { class: "card plain poll", role: "group", "aria-label": `Poll: ${data.question.text}` },
    h("h4", {}, data.question.text),
    h("p", { class: "subtext" }, data.allow_multiselect ? "Choose one or more answers" : "Choose one answer"),
    h("div", { class: "answers" }, rows),
    h(
      "div",
      { class: "row" },
      over ? null : voteButton(voted, view.working.has("vote")),
      h("span", { class: "subtext" }, `${total} ${total === 1 ? "vote" : "votes"} · `, ending(data, over)),
    ),
  );
}

function ending(data, over) {
  if (over) return "the poll has closed";
  if (!data.expiry) return "no closing time";
  const unix = Math.round(Date.parse(data.expiry) / 1000);
  return ["closes ", timestamp(unix, "R")];
}

function voteButton(voted, working) {
  const props = {
    type: "button",
    class: `button ${voted ? "s2" : "s1"}`,
    "aria-busy": working ? "true" : null,
    dataset: { act: "vote", key: "vote", take: voted ? "back" : "" },
  };
  return h("button", props, voted ? "Take my vote back" : "Vote");
}

function choice(answer, message, view) {
  const type = message.poll.allow_multiselect ? "checkbox" : "radio";
  const input = h("input", {
    type,
    name: `poll-${view.pane}-${message.id}`,
    value: String(answer.answer_id),
  });
  return h(
    "label",
    { class: "answer" },
    input,
    emojiText(answer.poll_media.emoji),
    h("span", {}, answer.poll_media.text),
  );
}

function result(answer, count, total) {
  const share = total ? Math.round((100 * count.count) / total) : 0;
  const bar = h("span", { class: "bar" });
  bar.style.setProperty("--share", `${share}%`);
  return h(
    "div",
    { class: count.me_voted ? "answer result mine" : "answer result" },
    bar,
    h(
      "span",
      {},
      emojiText(answer.poll_media.emoji),
      " ",
      answer.poll_media.text,
      count.me_voted ? h("small", {}, " your vote") : null,
    ),
    h("strong", {}, `${share} %`),
  );
}
