/** Pages of Microsoft's documentation, by their names. */
export const ALIAS = 'Azure DNS, dns-alias';
export const FAQS = 'Traffic Manager, FAQs';
export const METHODS = 'Traffic Manager, routing methods';
export const MONITORING = 'Traffic Manager, endpoint monitoring';
export const NESTED = 'Traffic Manager, nested profiles';
export const PERFORMANCE = 'Traffic Manager, performance considerations';
export const ZONES = 'Azure DNS, zones and records';
