/** Node's own, taken before a simulation puts its clock in their place. */
export const realSetImmediate = setImmediate;
export const realNow = performance.now.bind(performance);
