//! Phrases and keys of wallets, armoured keys, own addresses.

use super::Kind;
use crate::corpus::sheet::Judge;

pub(super) static KINDS: &[Kind] = &[
    Kind::critical(
        "bip39.twelve",
        "{bip-twelve}",
        &["mnemonic", "seed_phrase", "fraza"],
        &["restored wallet from «»", "wallet backup words: «»", "fraza odzyskiwania: «»"],
    )
    .judged(Judge::Words)
    .bare(),
    Kind::critical("bip39.fifteen", "{bip-fifteen}", &["mnemonic"], &["imported «»"])
        .judged(Judge::Words)
        .bare(),
    Kind::critical("bip39.eighteen", "{bip-eighteen}", &["mnemonic"], &["using «» as root"])
        .judged(Judge::Words)
        .bare(),
    Kind::critical(
        "bip39.twentyfour",
        "{bip-twentyfour}",
        &["mnemonic", "recovery_phrase"],
        &["wallet: «»", "clipboard contained \"«»\""],
    )
    .judged(Judge::Words)
    .bare(),
    Kind::critical("bip39.czech", "{bip-czech}", &["mnemonic"], &["mnemonic: «»"]).judged(Judge::Words),
    Kind::critical("bip39.spanish", "{bip-spanish}", &["mnemonic"], &["seed phrase: «»"])
        .judged(Judge::Words),
    Kind::critical(
        "electrum.seed",
        "{electrum}",
        &["seed"],
        &["electrum seed: «»", "recovery phrase «» was entered"],
    )
    .judged(Judge::Words),
    Kind::critical(
        "evm.private_key",
        "0x{h64}",
        &["private_key", "wallet_private_key", "signing_key"],
        &[
            "signer private key «»",
            "PRIVATE_KEY=«»",
            "klucz prywatny: «»",
            "new ethers.Wallet(privateKey='«»')",
        ],
    ),
    Kind::critical(
        "evm.private_key_bare",
        "{h64}",
        &["private_key", "eth_pk"],
        &["secret key: «»", "priv=«» chain=1"],
    ),
    Kind::critical(
        "evm.keystore_ciphertext",
        "{h64}",
        &[],
        &["{\"crypto\":{\"cipher\":\"aes-128-ctr\",\"ciphertext\":\"«»\",\"kdf\":\"scrypt\",\"mac\":\"\"}}"],
    ),
    Kind::critical(
        "evm.keystore_mac",
        "{h64}",
        &[],
        &["{\"crypto\":{\"cipher\":\"aes-128-ctr\",\"kdf\":\"scrypt\",\"mac\":\"«»\"},\"version\":3}"],
    ),
    Kind::critical(
        "bitcoin.wif",
        "{wif}",
        &["wif", "btc_private_key"],
        &["sweeping «» into the hot wallet", "importprivkey «» cold false"],
    )
    .bare(),
    Kind::critical("bitcoin.wif_uncompressed", "{wif-long}", &["private_key"], &["dumpprivkey -> «»"]).bare(),
    Kind::critical(
        "bitcoin.xprv",
        "{xprv}",
        &["xprv", "master_key"],
        &["derived from «» m/84'/0'/0'", "root=«»"],
    )
    .bare(),
    Kind::critical("bitcoin.yprv", "{yprv}", &["yprv"], &["account «»"]).bare(),
    Kind::critical("bitcoin.zprv", "{zprv}", &["zprv"], &["descriptor wpkh(«»/0/*)"]).bare(),
    Kind::critical(
        "ripple.seed",
        "{ripple}",
        &["seed", "xrpl_secret_key"],
        &["xrpl wallet from_seed(\"«»\")", "opened «»"],
    )
    .bare(),
    Kind::critical(
        "stellar.seed",
        "{stellar}",
        &["secret_seed", "stellar_secret"],
        &["Keypair.from_secret('«»')", "stellar account of «»"],
    )
    .bare(),
    Kind::critical("sui.private_key", "{sui}", &["private_key"], &["sui keytool import «» ed25519"]).bare(),
    Kind::critical(
        "solana.keypair",
        "{solana-pair}",
        &["private_key", "solana_wallet_private_key"],
        &["solana payer private key «»", "Keypair.fromSecretKey(bs58.decode('«»'))"],
    ),
    Kind::critical("solana.array", "[{solana-array}]", &[], &["id.json: «»", "keypair bytes «»"]).bare(),
    Kind::critical("cosmos.private_key", "{h64}", &["priv_key"], &["cosmos privkey «»"]),
    Kind::critical("pem.ec", "{pem-ec}", &["private_key"], &[]),
    Kind::critical("pem.rsa", "{pem-rsa}", &[], &[]),
    Kind::critical("pem.pkcs8", "{pem-pkcs8}", &["private_key"], &[]),
    Kind::critical("pem.encrypted", "{pem-encrypted}", &[], &[]),
    Kind::critical("pem.openssh", "{pem-openssh}", &[], &[]),
    Kind::critical("pem.pgp", "{pem-pgp}", &[], &[]),
    Kind::critical("pem.putty", "{putty}", &[], &[]),
    Kind::personal(
        "address.evm",
        "{eth}",
        &["wallet_address", "deposit_address"],
        &["wallet «» loaded", "deposit address: «»", "withdraw to address «» amount «qty»"],
    ),
    Kind::personal(
        "address.segwit",
        "{segwit}",
        &["withdraw_address"],
        &["withdraw address «» whitelisted", "deposit address «»"],
    ),
    Kind::personal("address.legacy", "{legacy}", &["wallet_address"], &["wallet address «»"]),
    Kind::personal(
        "address.tron",
        "{tron}",
        &["deposit_address"],
        &["deposit wallet address «» network TRC20"],
    ),
    Kind::personal(
        "address.ripple",
        "{ripple-address}",
        &["wallet_address"],
        &["xrp withdraw address «» tag 0"],
    ),
    Kind::personal("address.solana", "{solana-address}", &["wallet_address"], &["solana wallet_address=«»"]),
];
