//! Contracts that everybody uses: their addresses say which token, which pool, and never whose.

/// Whether the address is one of a token, pool, router or bridge that everybody knows.
pub(super) fn is_well_known(address: &[u8]) -> bool {
    let digits = address.strip_prefix(b"0x").or_else(|| address.strip_prefix(b"0X")).unwrap_or(address);
    digits.len() == 40
        && KNOWN.binary_search_by(|known| known.as_bytes().cmp(&digits.to_ascii_lowercase())).is_ok()
}

/// Whether everybody knows it: such an address, a program of Solana, what an event of a contract is called by.
pub(super) fn is_public(value: &[u8]) -> bool {
    match value.len() {
        32..=44
            if PROGRAMS
                .iter()
                .any(|program| program.as_bytes()[0] == value[0] && program.as_bytes() == value) =>
        {
            true
        }
        40 | 42 => is_well_known(value),
        64 | 66 => {
            let digits = value.strip_prefix(b"0x").unwrap_or(value);
            // One in thirty begins so, which one look tells.
            let begins = matches!(
                [digits[0] | 0x20, digits[1] | 0x20],
                [b'd', b'd' | b'c' | b'7']
                    | [b'8' | b'4', b'c']
                    | [b'1', b'7' | b'c']
                    | [b'e', b'1']
                    | [b'7', b'f']
                    | [b'c', b'4']
            );
            // A digit has the bit of small letters.
            begins && EVENTS.iter().any(|event| digits.eq_ignore_ascii_case(event.as_bytes()))
        }
        _ => false,
    }
}

/// The first topics of the events of tokens and pools: Transfer, Approval, `ApprovalForAll`, Deposit, Withdrawal, Sync, Mint, Burn,
/// Swap of Uniswap 2 and 3. They are the Keccak-256 of what the event is called.
const EVENTS: [&str; 10] = [
    "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
    "8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925",
    "17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31",
    "e1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c",
    "7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65",
    "1c411e9a96e071241c2f21f7726b17ae89e3cab4c78be50e062b03a9fffbbad1",
    "4c209b5fc8ad50758f13e2e1088ba56a560dff690a1c6fef26394f4c03821c4f",
    "dccd412f0b1252819cb1fd330b93224ca42612892bb3f4f789976e6d81936496",
    "d78ad95fa46c994b6551d0da85fc275fe613ce37657fb8d5e3d130840159d822",
    "c42079f94a6350d7e6235f29174924f928cc2ac818eb64fed8004e115fbcca67",
];

/// Programs and tokens of Solana, and where Jito is paid.
const PROGRAMS: [&str; 20] = [
    "11111111111111111111111111111111",
    "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
    "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb",
    "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL",
    "ComputeBudget111111111111111111111111111111",
    "675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8",
    "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4",
    "6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P",
    "whirLbMiicVdio4qvUfM5KAg6Ct8VwpYzGff3uctyCc",
    "So11111111111111111111111111111111111111112",
    "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
    "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB",
    "96gYZGLnJYVFmbjzopPSU6QiEV5fGqZNyN9nmNhvrZU5",
    "HFqU5x63VTqvQss8hp11i4wVV8bD44PvwucfZ2bU7gRe",
    "Cw8CFyM9FkoMi7K7Crf6HNQqf4uEMzpKw6QNghXLvLkY",
    "ADaUMid9yfUytqMBgopwjb2DTLSokTSzL1zt6iGPaS49",
    "DfXygSm4jCyNCybVYYK6DwvWqjKee8pbDmJGcLWNDXjh",
    "ADuUkR4vqLUMWXxW9gh6D6L8pMSawimctcNZ5pGwDcEt",
    "DttWaMuVvTiduZRnguLF7jNxTgiMBZ1hyAumKUiL2KRL",
    "3AVi9Tg9Uo68tJfuvoKvqKNWKkC5wPdSSdeBnizKZ6jT",
];

/// Whether what stands around the address says that it is a contract's: the event that a contract wrote, the entry of a list
/// of tokens.
pub(super) fn is_of_contract(text: &[u8], start: usize, end: usize) -> bool {
    // `"token":"WETH","address":"0x…"`
    const OF_TOKEN: [&[u8]; 3] = [b"\"token\":", b"\"contract\":", b"\"mint\":"];
    const MARKS: [&[u8]; 7] = [
        b"decimals",
        b"transactionhash",
        b"blocknumber",
        b"blockhash",
        b"topics",
        b"logindex",
        b"totalsupply",
    ];
    let near = &text[end..(end + NEAR).min(text.len())];
    // A member of the same object may stand on the next line, set in.
    let ends = |at: usize| match text[at] {
        b'{' | b'}' => true,
        b'\n' => {
            let next = text[at + 1..(at + 24).min(text.len())].trim_ascii_start();
            text.get(at + 1) != Some(&b' ') || next.first() != Some(&b'"')
        }
        _ => false,
    };
    let behind = (0..near.len()).find(|at| ends(end + at)).unwrap_or(near.len());
    let from = start.saturating_sub(NEAR);
    let before = (from..start).rev().find(|at| ends(*at)).map_or(from, |at| at + 1);
    let around = [&text[before..start], &near[..behind]];
    let around = around.map(<[u8]>::to_ascii_lowercase);
    let has = |mark: &[u8]| around.iter().any(|part| memchr::memmem::find(part, mark).is_some());
    let is_owned = || [&b"wallet"[..], b"balance", b"owner", b"withdraw", b"deposit"].into_iter().any(has);
    MARKS.into_iter().any(has)
        || OF_TOKEN.iter().any(|mark| memchr::memmem::find(&around[0], mark).is_some()) && !is_owned()
}

/// How far the object is read in which an address stands.
const NEAR: usize = 200;

/// WETH, USDT, USDC, DAI, WBTC, BNB, stETH and others on several chains, pools and routers of Uniswap, Pancake, 1inch and 0x,
/// the zero address; sorted, in small letters. Those of the documents of these projects, checked by EIP-55.
const KNOWN: [&str; 49] = [
    "0000000000000000000000000000000000000000",
    "000000000022d473030f116ddee9f6b43ac78ba3",
    "0b2c639c533813f4aa9d7837caf62653d097ff85",
    "0d500b1d8e8ef31e21c99d1db9a6444d3adf1270",
    "10ed43c718714eb63d5aa57b78b54704e256024e",
    "1111111254eeb25477b68fb85ed929f73a960582",
    "1111111254fb6c44bac0bed2854e76f90643097d",
    "11b815efb8f581194ae79006d24e0d814b7697f6",
    "13f4ea83d0bd40e75c8222255bc855a974568dd4",
    "1f9840a85d5af5bf1d1762f925bdaddc4201f984",
    "1f98431c8ad98523631ae4a59f267346ea31f984",
    "2260fac5e5542a773aa44fbcfedf7c193bc2c599",
    "2791bca1f2de4661ed88a30c99a7a9449aa84174",
    "2f2a2543b76a4166549f7aab2e75bef0aefc5b0f",
    "3c499c542cef5e3811e1192ce70d8cc03d5c3359",
    "3fc91a3afd70395cd496c647d5a6cc9d4b2b7fad",
    "4200000000000000000000000000000000000006",
    "4585fe77225b41b697c938b018e2ac67ac5a20c0",
    "514910771af9ca656af840dff83e8264ecf986ca",
    "55d398326f99059ff775485246999027b3197955",
    "5c69bee701ef814a2b6a3edd4b1652cb9cc5aa6f",
    "68b3465833fb72a70ecdf485e0e4c7bd8665fc45",
    "6b175474e89094c44da98b954eedeac495271d0f",
    "7a250d5630b4cf539739df2c5dacb4c659f2488d",
    "7d1afa7b718fb893db30a3abc0cfc608aacfebb0",
    "7f39c581f595b53c5cb19bd0b3f8da6c935e2ca0",
    "82af49447d8a07e3bd95bd0d56f35241523fbab1",
    "833589fcd6edb6e08f4c7c32d4f71b54bda02913",
    "88e6a0c2ddd26feeb64f039a2c41296fcb3f5640",
    "8ac76a51cc950d9822d68b83fe1ad97b32cd580d",
    "8ad599c3a0ff1de082011efddc58f1908eb6e6d8",
    "912ce59144191c1204e64559fe8253a0e49e6548",
    "94b008aa00579c1307b0ef2c499ad98a8ce58e58",
    "a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
    "ae7ab96520de3a18e5e111b5eaab095312d7fe84",
    "af88d065e77c8cc2239327c5edb3a432268e5831",
    "b27308f9f90d607463bb33ea1bebb41c27ce5ab6",
    "b4e16d0168e52d35cacd2c6185b44281ec28c9dc",
    "bb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c",
    "c02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
    "c2132d05d31c914a87c6611c10748aeb04b58e8f",
    "c36442b4a4522e871399cd717abdd847ab11fe88",
    "ca11bde05977b3631167028862be2a173976ca11",
    "dac17f958d2ee523a2206206994597c13d831ec7",
    "def1c0ded9bec7f1a1670819833240f027b25eff",
    "e592427a0aece92de3edee1f18e0157c05861564",
    "e9e7cea3dedca5984780bafc599bd69add087d56",
    "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
    "fd086bc7cd5c481dcc9c85ebe478a1c0b69fcbb9",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contracts_are_known_in_whatever_case() {
        assert!(KNOWN.is_sorted());
        assert!(is_well_known(b"0xdAC17F958D2ee523a2206206994597C13D831ec7"));
        assert!(is_well_known(b"0xdac17f958d2ee523a2206206994597c13d831ec7"));
        assert!(!is_well_known(b"0xdac17f958d2ee523a2206206994597c13d831ec8"));
    }

    #[test]
    fn the_object_around_an_address_says_whose_it_is() {
        let check = |text: &str| {
            let start = text.find('~').unwrap();
            is_of_contract(text.as_bytes(), start, start + 1)
        };
        assert!(check("Swap event { address: '~', transactionHash: '0x12', blockNumber: 7 }"));
        assert!(check(r#"[{"decimals":18,"symbol":"X","address":"~"}]"#));
        assert!(!check(r#"{"address":"~"},{"decimals":18}"#));
        assert!(!check("address: ~\nblockNumber: 7"));
    }
}
