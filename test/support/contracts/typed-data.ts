/** ERC-5267: the domain has name, version, chain id and verifying contract (bits 0 to 3), and no salt. */
export const DOMAIN_FIELDS = '0x0f'
