/**
 * What energy costs at the sandbox's site, in paise: 18.00 a kWh are 1.8 paise a Wh; CGST and SGST are
 * 9 % each on top. Each is rounded half up to the paisa for itself.
 */
export function sandboxPrice(wh: number): { net: string; tax: string; total: string } {
  const net = Math.floor((wh * 18 + 5) / 10);
  const tax = 2 * Math.floor((net * 9 + 50) / 100);
  return { net: rupees(net), tax: rupees(tax), total: rupees(net + tax) };
}

const rupees = (paise: number) =>
  `${Math.floor(paise / 100)}.${String(paise % 100).padStart(2, '0')}`;
