//! Everything that the bot says to its user, in both languages.

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::engine::{Health, News, Order, Side, TroubleKind};

/// A language of the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    En,
    Pl,
}

/// A text that never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    MenuBot,
    Start,
    Stop,
    Quit,
    MenuSimulate,
    SimulateRejections,
    SimulateSkew,
    SimulateOutage,
    SimulateCrash,
    SimulateKill,
    MenuHelp,
    ReportProblem,
    Market,
    Pair,
    Price,
    Change,
    Volume,
    OpenOrders,
    NoOrders,
    Side,
    Quantity,
    OrderId,
    Balances,
    Currency,
    Free,
    Locked,
    Equity,
    Placed,
    Filled,
    Refused,
    Log,
    Trading,
    Stopped,
    LastTrouble,
}

impl Lang {
    /// Of ISO 639.
    pub(crate) fn code(self) -> &'static str {
        self.pick("en", "pl")
    }

    fn pick<T>(self, en: T, pl: T) -> T {
        match self {
            Self::En => en,
            Self::Pl => pl,
        }
    }

    /// The table: one row, both languages.
    pub(crate) fn text(self, text: Text) -> &'static str {
        let (en, pl) = match text {
            Text::MenuBot => ("Bot", "Bot"),
            Text::Start => ("Start", "Uruchom"),
            Text::Stop => ("Stop", "Zatrzymaj"),
            Text::Quit => ("Quit", "Zakończ"),
            Text::MenuSimulate => ("Simulate", "Symuluj"),
            Text::SimulateRejections => ("Reject orders", "Odrzuć zlecenia"),
            Text::SimulateSkew => ("Skew clock", "Rozstrój zegar"),
            Text::SimulateOutage => ("Lose connection", "Zerwij połączenie"),
            Text::SimulateCrash => ("Simulate crash", "Zasymuluj awarię"),
            Text::SimulateKill => ("End without warning", "Zakończ bez ostrzeżenia"),
            Text::MenuHelp => ("Help", "Pomoc"),
            Text::ReportProblem => ("Report problem", "Zgłoś problem"),
            Text::Market => ("Market", "Rynek"),
            Text::Pair => ("Pair", "Para"),
            Text::Price => ("Price", "Cena"),
            Text::Change => ("24 h", "24 h"),
            Text::Volume => ("Volume", "Wolumen"),
            Text::OpenOrders => ("Open orders", "Otwarte zlecenia"),
            Text::NoOrders => ("None at the moment", "Obecnie brak"),
            Text::Side => ("Side", "Strona"),
            Text::Quantity => ("Quantity", "Ilość"),
            Text::OrderId => ("Order", "Zlecenie"),
            Text::Balances => ("Balances", "Salda"),
            Text::Currency => ("Currency", "Waluta"),
            Text::Free => ("Free", "Wolne"),
            Text::Locked => ("In orders", "W zleceniach"),
            Text::Equity => ("Total", "Razem"),
            Text::Placed => ("Placed", "Złożone"),
            Text::Filled => ("Filled", "Zrealizowane"),
            Text::Refused => ("Refused", "Odmowy"),
            Text::Log => ("Log", "Dziennik"),
            Text::Trading => ("Trading", "Handluje"),
            Text::Stopped => ("Stopped", "Zatrzymany"),
            Text::LastTrouble => ("Last problem", "Ostatni problem"),
        };
        self.pick(en, pl)
    }

    /// A trouble in plain words: what it means for the user, not for the program.
    pub(crate) fn trouble(self, kind: TroubleKind) -> &'static str {
        let (en, pl) = match kind {
            TroubleKind::OrdersRejected => ("The exchange rejects orders", "Giełda odrzuca zlecenia"),
            TroubleKind::ConnectionLost => ("No connection to the exchange", "Brak połączenia z giełdą"),
            TroubleKind::RateLimited => {
                ("The exchange asks to slow down", "Giełda każe zwolnić: za dużo zapytań")
            }
            TroubleKind::StalePrices => ("No new prices arrive", "Nie przychodzą nowe ceny"),
            TroubleKind::ClockSkew => ("This computer's clock is slow", "Zegar tego komputera się spóźnia"),
            TroubleKind::OrderLoopStopped => ("The order loop has stopped", "Pętla zleceń się zatrzymała"),
            TroubleKind::CannotPlaceOrders => ("The bot cannot place orders", "Bot nie może składać zleceń"),
            TroubleKind::Crashed => ("A part of the bot has crashed", "Część bota uległa awarii"),
        };
        self.pick(en, pl)
    }

    /// The status line.
    pub(crate) fn health(self, health: Health) -> &'static str {
        match health {
            Health::Trading => self.text(Text::Trading),
            Health::Stopped => self.text(Text::Stopped),
            Health::Troubled(trouble) | Health::Halted(trouble) | Health::Crashed(trouble) => {
                self.trouble(trouble.kind)
            }
        }
    }

    pub(crate) fn side(self, side: Side) -> &'static str {
        match side {
            Side::Buy => self.pick("buy", "kupno"),
            Side::Sell => self.pick("sell", "sprzedaż"),
        }
    }

    /// One step, for the terminal.
    pub(crate) fn news(self, news: &News) -> String {
        match news {
            News::Connected => self
                .pick("Connected to the exchange (simulated)", "Połączono z giełdą (symulowaną)")
                .to_owned(),
            News::Placed(order) => {
                format!("{}: {}", self.pick("Order placed", "Złożono zlecenie"), self.order(order))
            }
            News::Filled(order) => {
                format!("{}: {}", self.pick("Order filled", "Zrealizowano zlecenie"), self.order(order))
            }
            News::GridMoved { cancelled } => {
                let moved = self.pick(
                    "Grid moved to the new price, orders cancelled",
                    "Siatka przesunięta do nowej ceny, anulowane zlecenia",
                );
                format!("{moved}: {cancelled}")
            }
            News::Refused(refusal) => {
                format!("{} {refusal}", self.pick("Refused by the exchange:", "Odmowa giełdy:"))
            }
            News::Reconnecting { attempt } => {
                format!("{} {attempt}", self.pick("Connecting again, attempt", "Ponowne łączenie, próba"))
            }
            News::Began(trouble) => format!("! {}", self.trouble(trouble.kind)),
            News::Over(kind) => format!("{}: {}", self.pick("Over", "Ustąpiło"), self.trouble(*kind)),
        }
    }

    /// The description that a report begins with.
    pub(crate) fn noticed(self, kind: TroubleKind, at: Timestamp) -> String {
        let time = at.to_zoned_datetime(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S %Z").to_string();
        let trouble = self.trouble(kind);
        format!("{trouble}. {} {time}.", self.pick("Noticed by the bot at", "Bot zauważył to o"))
    }

    pub(crate) fn sealed(self, entries: usize, bytes: u64, hidden: u64) -> String {
        let (made, size, hides) = self.pick(
            ("Report made, entries", "bytes", "values hidden"),
            ("Przygotowano zgłoszenie, pozycje", "bajty", "ukryte wartości"),
        );
        format!("{made}: {entries}, {size}: {bytes}, {hides}: {hidden}")
    }

    pub(crate) fn kept(self) -> &'static str {
        self.pick("Report kept in the outbox", "Zgłoszenie zachowane w skrzynce nadawczej")
    }

    pub(crate) fn delivered(self) -> &'static str {
        self.pick("Report delivered to the portal", "Zgłoszenie dotarło do portalu")
    }

    pub(crate) fn not_delivered(self) -> &'static str {
        self.pick("Report kept, not sent yet", "Zgłoszenie zachowane, jeszcze nie wysłano")
    }

    pub(crate) fn no_portal(self) -> &'static str {
        self.pick("Report kept: no portal is set", "Zgłoszenie zachowane: nie ustawiono portalu")
    }

    fn order(self, order: &Order) -> String {
        let Order { symbol, quantity, price, .. } = order;
        format!("{} {quantity:.5} {symbol} @ {price:.2}", self.side(order.side))
    }
}
