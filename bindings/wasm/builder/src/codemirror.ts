// The editor proper: CodeMirror in a shadow root, where its styles are adopted sheets and so need no
// hole in the content security policy.
import { history, historyKeymap, standardKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, drawSelection, EditorView, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { findNodeAtLocation, type Node, type ParseError, parseTree } from "jsonc-parser";
import type { Mark, Options, Surface } from "./editor.ts";
import { segments } from "./pointer.ts";

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-text)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: [tags.bool, tags.null], color: "var(--code-word)" },
  { tag: tags.punctuation, color: "var(--muted)" },
]);

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--field)", fontSize: "13px", minHeight: "inherit", maxHeight: "inherit" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", minHeight: "inherit" },
  ".cm-content": { caretColor: "var(--ink)", padding: "10px 0" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--muted)", border: "none", paddingLeft: "4px" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--selection)",
  },
  ".cm-placeholder": { color: "var(--muted)", whiteSpace: "pre-wrap" },
  ".mark-error": { textDecoration: "underline wavy var(--error) 1.5px", textUnderlineOffset: "3px" },
  ".mark-loss": { textDecoration: "underline wavy var(--loss) 1.5px", textUnderlineOffset: "3px" },
});

/** Takes an element over, with what was written and selected there before. */
export function codemirror(element: HTMLElement, { label, hint, onchange }: Options, before: Surface): Surface {
  const root = element.attachShadow({ mode: "open" });
  const [[anchor, head], focused] = [before.selection(), element.contains(document.activeElement)];
  let quiet = false;
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: before.get(),
      selection: { anchor, head },
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        keymap.of([...standardKeymap, ...historyKeymap]),
        EditorView.lineWrapping,
        overtype,
        syntaxHighlighting(colours),
        theme,
        json(),
        indentOnInput(),
        marked,
        ...(hint ? [placeholder(hint)] : []),
        EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label, "aria-multiline": "true" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !quiet) onchange?.(update.state.doc.toString());
        }),
      ],
    }),
  });
  element.replaceChildren();
  if (focused) view.focus();
  return {
    get: () => view.state.doc.toString(),
    selection: () => [view.state.selection.main.anchor, view.state.selection.main.head],
    set(text) {
      const old = view.state.doc.toString();
      if (old === text) return;
      quiet = true;
      view.dispatch({ changes: changed(old, text) });
      quiet = false;
    },
    mark(marks) {
      view.dispatch({ effects: setMarks.of(Decoration.set(places(view.state.doc.toString(), marks), true)) });
    },
    reveal(pointer) {
      const node = place(parseTree(view.state.doc.toString()), pointer);
      if (node) view.dispatch({ selection: { anchor: node.offset, head: node.offset + node.length }, scrollIntoView: true });
      view.focus();
    },
  };
}

/**
 * Typing over a selection, done here: a browser that does it puts styles into the document, which
 * the policy forbids with a complaint.
 */
const overtype = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || event.data === null || view.composing || view.state.readOnly) return false;
    if (view.state.selection.main.empty) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

/** The smallest single change between two texts, so that cursor and scroll stay. */
function changed(old: string, text: string) {
  let from = 0;
  const most = Math.min(old.length, text.length);
  while (from < most && old[from] === text[from]) from++;
  let tail = 0;
  while (tail < most - from && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  return { from, to: old.length - tail, insert: text.slice(from, text.length - tail) };
}

/** Longer texts stay unmarked: to look for places in them at every key would keep the page busy. */
const MOST_MARKED = 500_000;

/** What follows the first errors is read wrongly for their sake. */
const MOST_ERRORS = 5;

function places(text: string, marks: readonly Mark[]): Range<Decoration>[] {
  if (text.length > MOST_MARKED) return [];
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors);
  if (errors.length > 0) return errors.slice(0, MOST_ERRORS).flatMap((error) => unread(text, error));
  return marks.flatMap((mark) => range(tree, mark) ?? []);
}

/** The node at a pointer, or the nearest one above it: what is missing has no place of its own. */
function place(tree: Node | undefined, pointer: string): Node | undefined {
  const path = segments(pointer);
  for (let length = path.length; tree && length >= 0; length--) {
    const node = locate(tree, path.slice(0, length));
    if (node) return node;
  }
  return undefined;
}

function locate(tree: Node, path: string[]): Node | undefined {
  let node: Node | undefined = tree;
  for (const step of path) {
    if (!node) return undefined;
    node = findNodeAtLocation(node, [node.type === "array" ? Number(step) : step]);
  }
  return node;
}

const setMarks = StateEffect.define<DecorationSet>();

/** The marks, which move with the text until the next ones come. */
const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, transaction) => transaction.effects.reduce((_, effect) => (effect.is(setMarks) ? effect.value : _), marks.map(transaction.changes)),
  provide: (field) => EditorView.decorations.from(field),
});

const underline = (severity: Mark["severity"], title: string) => Decoration.mark({ class: `mark-${severity}`, attributes: { title } });

function range(tree: Node | undefined, { pointer, severity, message }: Mark) {
  const node = place(tree, pointer);
  if (!node) return undefined;
  // A whole object underlined would be noise: its first character stands for it.
  const whole = node.type !== "object" && node.type !== "array";
  return underline(severity, message).range(node.offset, whole ? node.offset + node.length : node.offset + 1);
}

/** Where the text ends to be JSON; nothing for an empty one, in which there is no such place. */
function unread(text: string, { offset, length }: ParseError) {
  const to = Math.min(text.length, offset + Math.max(length, 1));
  const from = Math.min(offset, to - 1);
  return from < 0 ? [] : underline("error", "not JSON from here on").range(from, to);
}
