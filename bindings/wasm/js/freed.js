/** Stands for what is freed: the memory it wrote to may be another's by now, so every use throws. */
export const freed = (what) =>
  new Proxy(
    {},
    {
      get() {
        throw new TypeError(`${what}: it is freed; make another one`);
      },
    },
  );
