#include "config/host_config.h"

namespace livery::config {

const ObjectSchema<ListenConfig>& ListenConfig::Schema() {
    static const auto schema =
        ObjectSchema<ListenConfig>("Where the public front listens")
            .Optional("address", &ListenConfig::address, "IP address; 0.0.0.0 for all")
            .Optional("port", &ListenConfig::port, "TCP port", {.minimum = 1, .maximum = 65535})
            .Optional("certificate", &ListenConfig::certificate,
                      "PEM chain; with it TLS and HTTP/2 are on")
            .Optional("key", &ListenConfig::key, "PEM private key of the certificate")
            .Optional("redirect_port", &ListenConfig::redirect_port,
                      "With a certificate: the port of plain HTTP that leads to https",
                      {.minimum = 1, .maximum = 65535});
    return schema;
}

const ObjectSchema<DatabaseConfig>& DatabaseConfig::Schema() {
    static const auto schema =
        ObjectSchema<DatabaseConfig>(
            "Which database; without `socket` and `host` a private one is run")
            .Optional("socket", &DatabaseConfig::socket, "Unix socket of a MariaDB server")
            .Optional("host", &DatabaseConfig::host, "Host name or address of a MariaDB server")
            .Optional("port", &DatabaseConfig::port, "Its TCP port",
                      {.minimum = 1, .maximum = 65535})
            .Optional("user", &DatabaseConfig::user, "Login")
            .Optional("password_env", &DatabaseConfig::password_env,
                      "Name of the environment variable that holds the password")
            .Optional("name", &DatabaseConfig::name, "Name of the database")
            .Optional("connections", &DatabaseConfig::connections, "Most connections of this host",
                      {.minimum = 2, .maximum = 500})
            .Optional("buffer_pool_mib", &DatabaseConfig::buffer_pool_mib,
                      "Cache of the embedded server, MiB", {.minimum = 16, .maximum = 65536});
    return schema;
}

const ObjectSchema<SmtpConfig>& SmtpConfig::Schema() {
    static const auto schema =
        ObjectSchema<SmtpConfig>(
            "Outgoing mail; without `url` it is kept in a spool that `livery mail` lists")
            .Optional("url", &SmtpConfig::url, "smtp://host:587 or smtps://host:465")
            .Optional("user", &SmtpConfig::user, "Login at the mail server")
            .Optional("password_env", &SmtpConfig::password_env,
                      "Name of the environment variable that holds the password")
            .Optional("tls", &SmtpConfig::tls,
                      "STARTTLS: required, or none for a relay on this machine",
                      {.one_of = {"required", "none"}});
    return schema;
}

const ObjectSchema<MetricsConfig>& MetricsConfig::Schema() {
    static const auto schema = ObjectSchema<MetricsConfig>(
                                   "Measurements in Prometheus' text format, for this machine only")
                                   .Optional("port", &MetricsConfig::port,
                                             "TCP port of 127.0.0.1 that answers /metrics; 0: off",
                                             {.minimum = 0, .maximum = 65535});
    return schema;
}

const ObjectSchema<HostConfig>& HostConfig::Schema() {
    static const auto schema =
        ObjectSchema<HostConfig>("How one Livery host runs")
            .Optional("data_dir", &HostConfig::data_dir,
                      "Folder for the database, keys, mail spool and logs")
            .Optional("tenants_dir", &HostConfig::tenants_dir, "Folder with one folder per tenant")
            .Optional("themes_dir", &HostConfig::themes_dir, "Folder with one folder per theme")
            .Optional("plugins_dir", &HostConfig::plugins_dir, "Folder with one folder per plugin")
            .Optional("gateways_dir", &HostConfig::gateways_dir,
                      "Folder with the files of gateways")
            .Optional("allow_uncertified", &HostConfig::allow_uncertified,
                      "Whether tenants that move real money may use gateways without a certificate "
                      "of the conformance kit")
            .Optional("secrets_dir", &HostConfig::secrets_dir,
                      "Folder with one folder per tenant, and in it a file per secret")
            .Optional("front", &HostConfig::front,
                      "The public web server: embedded (a private nginx) or none",
                      {.one_of = {"embedded", "none"}})
            .Optional("workers", &HostConfig::workers, "Threads that answer requests",
                      {.minimum = 1, .maximum = 255})
            .Optional("requests_per_address", &HostConfig::requests_per_address,
                      "Requests of one client address that the front passes on at a time; more "
                      "get 429. Raise it when many people come by one address",
                      {.minimum = 1, .maximum = 100000})
            .Optional("page_reuse_mib", &HostConfig::page_reuse_mib,
                      "Memory for pages that may be shown again unchanged, MiB",
                      {.minimum = 0, .maximum = 4096})
            .Optional("log_level", &HostConfig::log_level, "Least important lines to log",
                      {.one_of = {"debug", "info", "warn", "error"}})
            .Optional("jobs", &HostConfig::jobs,
                      "Whether this host runs the daily jobs of its tenants",
                      {.one_of = {"on", "off"}})
            .Optional("listen", &HostConfig::listen, "Public address")
            .Optional("database", &HostConfig::database, "Database")
            .Optional("smtp", &HostConfig::smtp, "Outgoing mail")
            .Optional("metrics", &HostConfig::metrics, "Measurements for the operator");
    return schema;
}

}  // namespace livery::config
