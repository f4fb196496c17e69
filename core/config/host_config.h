#pragma once

#include <optional>
#include <string>

#include <livery/config/object_schema.h>

namespace livery::config {

// `livery.yaml`: how one host runs. Everything has a default, so that no file at all works.
struct ListenConfig {
    std::string address = "127.0.0.1";
    int port = 8080;
    std::string certificate;
    std::string key;
    int redirect_port = 80;
    static const ObjectSchema<ListenConfig>& Schema();
};

struct DatabaseConfig {
    std::string socket;  // a Unix socket of a server, or …
    std::string host;    // … its name; both empty: the embedded server
    int port = 3306;
    std::string user = "livery";
    std::string password_env;
    std::string name = "livery";
    int connections = 20;
    int buffer_pool_mib = 128;  // embedded only
    bool embedded() const { return socket.empty() && host.empty(); }
    static const ObjectSchema<DatabaseConfig>& Schema();
};

struct SmtpConfig {
    std::string url;  // smtp://host:587; empty: mail goes to the spool folder
    std::string user;
    std::string password_env;
    std::string tls = "required";
    static const ObjectSchema<SmtpConfig>& Schema();
};

struct MetricsConfig {
    int port = 0;  // 0: off
    static const ObjectSchema<MetricsConfig>& Schema();
};

struct HostConfig {
    std::string data_dir = "var";
    std::string tenants_dir = "tenants";
    std::string themes_dir = "themes";
    std::string plugins_dir;   // empty: beside the program
    std::string gateways_dir;  // empty: `gateways` beside plugins_dir
    bool allow_uncertified = false;
    std::string secrets_dir;   // empty: `secrets` in data_dir
    std::string front = "embedded";
    int workers = 16;
    int page_reuse_mib = 32;
    int requests_per_address = 100;  // that the front passes on at a time
    std::string log_level = "info";
    std::string jobs = "on";
    ListenConfig listen;
    DatabaseConfig database;
    SmtpConfig smtp;
    MetricsConfig metrics;
    static const ObjectSchema<HostConfig>& Schema();
};

}  // namespace livery::config
