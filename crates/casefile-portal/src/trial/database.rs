//! A database of its own for each test: a file, or one of the server that `tests/postgres` started.

use std::path::Path;

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use crate::home::DATABASE;
use crate::store::Place;

/// Names the server's own database; set by `tests/postgres`.
const SERVER: &str = "CASEFILE_TEST_POSTGRES";

/// Gone when it is dropped.
#[derive(Debug)]
pub(crate) struct Database {
    place: Place,
    /// On a server.
    name: Option<String>,
}

impl Database {
    /// A new one, for a portal in this folder.
    pub(crate) async fn new(folder: &Path) -> Self {
        let Some(server) = server() else {
            return Self { place: Place::File(folder.join(DATABASE)), name: None };
        };
        let name = format!("test_{}", crate::desk::random_id().unwrap().to_lowercase());
        sql(&server, &format!("CREATE DATABASE {name}")).await;
        Self::named(name)
    }

    fn named(name: String) -> Self {
        let mut url = server().unwrap().database_url;
        url.set_path(&name);
        Self { place: Place::server(url.as_str(), None).unwrap(), name: Some(name) }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn is_on_server(&self) -> bool {
        self.name.is_some()
    }

    pub(crate) fn name(&self) -> &str {
        self.name.as_deref().unwrap()
    }

    /// A connection beside the portal's.
    pub(crate) async fn admin(&self) -> AnyConnection {
        AnyConnection::connect_with(&server().unwrap()).await.unwrap()
    }

    /// Copies a server's database as it is. All connections to it end.
    pub(crate) async fn copy(&self) -> Self {
        let copy = format!("{}_copy", self.name());
        let mut admin = self.admin().await;
        let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1";
        for _ in 0..20 {
            sqlx::query(end).bind(self.name().to_owned()).execute(&mut admin).await.unwrap();
            let make = format!("CREATE DATABASE {copy} TEMPLATE {}", self.name());
            // The portal may have come back in between.
            if admin.execute(AssertSqlSafe(make)).await.is_ok() {
                return Self::named(copy);
            }
        }
        panic!("the database is never left alone");
    }

    /// The tables of a server's database that have these words in some row.
    pub(crate) async fn tables_with(&self, words: &str) -> Vec<String> {
        let Place::Server(_) = &self.place else { return Vec::new() };
        let mut connection = AnyConnection::connect(self.place.url().unwrap()).await.unwrap();
        let sql = "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'";
        let tables: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap();
        let mut found = Vec::new();
        for table in tables {
            let sql = format!("SELECT count(*) FROM {table} t WHERE CAST(t AS TEXT) LIKE $1");
            let many: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
                .bind(format!("%{words}%"))
                .fetch_one(&mut connection)
                .await
                .unwrap();
            found.extend((many > 0).then_some(table));
        }
        connection.close().await.unwrap();
        found
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (Some(name), Some(server)) = (self.name.take(), server()) else { return };
        // A test's runtime cannot be waited for here.
        let work = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(sql(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        };
        let thread = std::thread::Builder::new().name("casefile-drop".to_owned()).spawn(work).unwrap();
        let _ = thread.join();
    }
}

fn server() -> Option<AnyConnectOptions> {
    sqlx::any::install_default_drivers();
    std::env::var(SERVER).ok().map(|url| url.parse().unwrap())
}

async fn sql(server: &AnyConnectOptions, sql: &str) {
    let mut connection = AnyConnection::connect_with(server).await.unwrap();
    connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
    connection.close().await.unwrap();
}
