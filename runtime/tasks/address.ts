const addresses = new WeakMap<object, string>();
let next = 0x7f3a_0000_0000;

/** What stands for the place of an object in memory, as Python shows it: the same for as long as it lives. */
export function addressOf(object: object): string {
  let address = addresses.get(object);
  if (address === undefined) {
    next += 0x40;
    address = `0x${next.toString(16)}`;
    addresses.set(object, address);
  }
  return address;
}
