// Bulk: a file of rows becomes checked bodies of bulk requests, with a report of every row.
import BulkWorker from "../bulk/worker.ts?worker";
import type { Job, Operation, RowReport, Told } from "../bulk/messages.ts";
import { type Said, Tally } from "../bulk/tally.ts";
import { store } from "../core.ts";
import { atMostEvery, choose, copy, fill, h, labelled, refill } from "../dom.ts";
import { addressed } from "../request.ts";
import { shell, tokenOf } from "../snippets/snippets.ts";
import { changeIn, get, watch } from "../state.ts";
import { caller, scope } from "./endpoints.ts";
import { rowList } from "./row-list.ts";
import { tabs } from "./tabs.ts";
import { count } from "./verdict.ts";

const OPERATIONS: { value: Operation; text: string }[] = [
  { value: "create", text: "Create customers" },
  { value: "update", text: "Update customers" },
];

type Shown = "all" | "error" | "loss" | "good";

const SAMPLE = `email,firstname,lastname,website_id,group_id,taxvat,address.firstname,address.lastname,address.street,address.city,address.postcode,address.country_id,address.telephone
ada@example.test,Ada,Lovelace,1,1,GB123,Ada,Lovelace,12 St James's Square,London,SW1Y 4JH,GB,020 7946 0000
grace@example.test,Grace,Hopper,1,2,,,,,,,,
not-an-address,Mary,Somerville,1,1,,,,,,,,
`;

/** What the worker has told of the file at hand. */
interface Work {
  name: string;
  rows: RowReport[];
  said: Tally;
  unknown: string[];
  done?: Extract<Told, { type: "done" }>;
  failed?: string;
}

export function bulkView(): HTMLElement {
  let worker: Worker | undefined;
  let file: File | undefined;
  let stored: File | undefined;
  let losses = false;
  let work: Work | undefined;
  const result = h("div", { class: "stack" });
  const view = resultView();
  const draw = atMostEvery(100, () => work && view.show(work));

  const start = () => {
    worker?.terminate();
    const { operation } = get().bulk;
    if (!file || (operation === "update" && !stored)) return;
    const now: Work = { name: file.name, rows: [], said: new Tally(), unknown: [] };
    work = now;
    fill(result, view.element);
    const job: Job = { file, name: file.name, operation, losses, stored: stored ?? null, store: store(), caller: get().caller };
    const mine = (worker = new BulkWorker());
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.type === "ready") mine.postMessage(job);
      else take(now, data);
      draw();
    };
    worker.onerror = (event) => {
      now.failed = event.message;
      draw();
    };
    draw();
  };
  const rows = dropZone("Drop a CSV or NDJSON file here", "Columns are named as the fields: email, firstname, address.city, custom_attributes.tier. Or one JSON object a line, or a list.", (next) => {
    file = next;
    start();
  });
  const customers = dropZone("Drop the stored customers here", "The reply of a GET on every line, or of a search. An update is planned from what is stored, so that nothing is lost.", (next) => {
    stored = next;
    start();
  });
  const operation = choose("What to do", OPERATIONS, get().bulk.operation, (operation) => changeIn("bulk", { operation }));
  const lossy = h("input", { type: "checkbox", onchange: () => ((losses = lossy.checked), start()) });
  const example = h("button", { type: "button", onclick: () => rows.put(new File([SAMPLE], "example.csv")) }, "Start from the example");
  watch((state) => [state.bulk.operation, state.release, state.profile, state.scope, state.caller], () => {
    operation.value = get().bulk.operation;
    customers.element.hidden = get().bulk.operation === "create";
    start();
  });
  fill(result, h("p", { class: "empty" }, "The report of every row and the bodies to send appear here. Files are read in this browser and go nowhere."));
  return h(
    "div",
    { class: "stack" },
    h("section", { class: "card toolbar" }, h("div", { class: "row" }, labelled("What to do", operation), caller(), scope(), example), h("label", { class: "check" }, lossy, " Send rows that lose something all the same")),
    h("div", { class: "drops" }, rows.element, customers.element),
    result,
  );
}

function take(work: Work, told: Told) {
  if (told.type === "rows") {
    for (const row of told.rows) {
      work.rows.push(row);
      work.said.add(row);
    }
  } else if (told.type === "columns") work.unknown = told.unknown;
  else if (told.type === "done") work.done = told;
  else if (told.type === "failed") work.failed = told.message;
}

function dropZone(title: string, hint: string, take: (file: File) => void) {
  const input = h("input", { type: "file", accept: ".csv,.tsv,.txt,.ndjson,.jsonl,.json", class: "sr-only", "aria-label": title });
  const name = h("p", { class: "hint", "aria-live": "polite" }, hint);
  const put = (file: File) => {
    fill(name, h("span", { class: "tag" }, file.name), ` ${Math.ceil(file.size / 1024).toLocaleString("en")} KB`);
    take(file);
  };
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) put(file);
    input.value = "";
  });
  const element = h("label", { class: "drop" }, h("p", {}, h("strong", {}, title), " or ", h("span", { class: "like-link" }, "choose one")), name, input);
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    element.classList.toggle("over", is);
  };
  element.addEventListener("dragover", over(true));
  element.addEventListener("dragleave", over(false));
  element.addEventListener("drop", (event) => {
    over(false)(event);
    const file = event.dataTransfer?.files[0];
    if (file) put(file);
  });
  return { element, put };
}

function resultView() {
  const list = rowList();
  const [head, notes, filter, actions] = [h("div", { class: "spaced" }), h("div"), h("div"), h("div", { class: "actions" })];
  let shown: Shown = "all";
  let now: Work | undefined;
  const draw = () => {
    if (!now) return;
    const counted = counts(now.rows);
    refill(head, heading(now, counted));
    refill(notes, now.unknown.length > 0 && h("p", { class: "message error" }, `Columns that no customer has: ${now.unknown.join(", ")}`), now.done !== undefined && summary(now.said.most(MOST_SAID), now.rows.length));
    const all: { id: Shown; text: string }[] = [
      { id: "all", text: `All ${now.rows.length.toLocaleString("en")}` },
      { id: "error", text: `Refused ${counted.error.toLocaleString("en")}` },
      { id: "loss", text: `Losing ${counted.loss.toLocaleString("en")}` },
      { id: "good", text: `Taken ${counted.good.toLocaleString("en")}` },
    ];
    fill(filter, tabs("Rows shown", all, shown, (next) => ((shown = next), draw()), "rows"));
    list.show(shown === "all" ? now.rows : now.rows.filter(({ kind }) => kind === shown));
    fill(actions, now.done ? ready(now, now.done) : false);
    for (const one of [filter, panel, actions]) one.hidden = now.failed !== undefined || (now.done !== undefined && now.rows.length === 0);
  };
  const panel = h("div", { role: "tabpanel", id: "rows-panel", "aria-label": "Rows" }, list.element);
  return {
    element: h("section", { class: "card" }, head, notes, filter, panel, actions),
    show(work: Work) {
      now = work;
      draw();
    },
  };
}

const MOST_SAID = 20;

/** What has to be mended, the most frequent first; nothing for a file of few rows, which can be read one by one. */
function summary(said: Said[], rows: number): HTMLElement | false {
  if (said.length === 0 || rows <= MOST_SAID) return false;
  const items = said.map(({ pointer, message, rows }) => h("li", {}, h("strong", {}, count(rows, "row")), " ", pointer && h("code", {}, `${pointer} `), message));
  return h("details", { class: "sub", open: true }, h("summary", {}, "What is said most"), h("ul", { class: "notes" }, items));
}

function counts(rows: readonly RowReport[]) {
  const counted = { good: 0, loss: 0, error: 0 };
  for (const { kind } of rows) counted[kind]++;
  return counted;
}

function heading({ rows, done, failed, name }: Work, { error, loss }: ReturnType<typeof counts>): HTMLElement {
  if (failed) return h("p", { class: "verdict error" }, h("span", { class: "title", role: "status" }, `${name} cannot be read: ${failed}`));
  if (!done) return h("div", {}, h("p", { class: "hint" }, `${count(rows.length, "row")} read…`), h("progress", { "aria-label": "Rows are being checked" }));
  if (rows.length === 0) return h("p", { class: "verdict loss" }, h("span", { class: "title", role: "status" }, `${name} has no rows`));
  const kind = error > 0 ? "error" : loss > 0 ? "loss" : "good";
  const title = error > 0 ? `${count(error, "row is", "rows are")} refused` : loss > 0 ? `${count(loss, "row loses", "rows lose")} something` : "Every row is taken as it is";
  const text = `${count(rows.length, "row")} in ${done.took < 100 ? `${Math.ceil(done.took)} ms` : `${(done.took / 1000).toFixed(1)} s`}; ${count(done.count, "body", "bodies")} to send.`;
  return h("div", { class: `verdict ${kind}` }, h("p", { class: "title", role: "status" }, title), h("p", {}, text));
}

function ready({ name }: Work, { bodies, rejected, count: number }: Extract<Told, { type: "done" }>): (HTMLElement | false)[] {
  const stem = name.replace(/\.\w+$/, "");
  const file = `${stem}.bodies.ndjson`;
  return [
    number > 0 && h("button", { type: "button", class: "primary", onclick: () => download(bodies, file) }, "Download the bodies"),
    number > 0 && h("button", { type: "button", onclick: () => void copy(loop(file), "Shell loop") }, "Copy as a curl loop"),
    rejected.size > 0 && h("button", { type: "button", onclick: () => download(rejected, `${stem}.rejected.ndjson`) }, "Download what is refused"),
  ];
}

/** A body a line, each sent by itself. */
function loop(file: string): string {
  const { bulk, base } = get();
  const [method, path] = bulk.operation === "create" ? ["POST", "/V1/customers"] : ["PUT", "/V1/customers/byCustomerId"];
  const { target, headers = {}, saas } = addressed(`/async/bulk${path}`, get());
  const url = base.replace(/\/+$/, "") + target;
  const plain = Object.entries({ ...headers, "Content-Type": "application/json" });
  return [
    "while IFS= read -r body; do",
    `  curl --request ${method} ${shell(url)} \\`,
    `    --header "Authorization: Bearer $${tokenOf(saas)}" \\`,
    ...plain.map(([name, value]) => `    --header ${shell(`${name}: ${value}`)} \\`),
    '    --data-binary @- <<< "$body"',
    `done < ${shell(file)}`,
  ].join("\n");
}

function download(content: Blob, name: string) {
  const url = URL.createObjectURL(content);
  const link = h("a", { href: url, download: name });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 1000);
}
