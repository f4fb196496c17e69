// Numbers that follow from a seed (mulberry32), so that a run can be asked for again. When processes meet, no two runs
// are the same even so.
export function randomFrom(seed) {
    let state = seed >>> 0;
    const next = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return (mixed ^ (mixed >>> 14)) >>> 0;
    };
    const below = (limit) => next() % limit;
    return { below, pick: (list) => list[below(list.length)] };
}
