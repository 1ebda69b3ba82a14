// Lines of a text that comes in pieces.

/** Gives whole lines of what is pushed, numbered from 1; blank ones count and are left out. */
export class Lines {
  #rest = "";
  #number = 0;

  constructor(private readonly take: (line: string, number: number) => void) {}

  push(text: string) {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
  }

  end() {
    if (this.#rest !== "") this.#line(this.#rest);
    this.#rest = "";
  }

  #line(line: string) {
    this.#number++;
    const text = line.replace(/\r$/, "");
    if (text.trim() !== "") this.take(text, this.#number);
  }
}
