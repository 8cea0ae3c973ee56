// What vega-interpreter imports from vega-util. vega.js, a classic script that runs before any
// module, already holds it; so there is no second copy, and no import map in the page.
export const { ascending, isString, DisallowedObjectProperties } = globalThis.vega;
