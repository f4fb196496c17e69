#pragma once

#include <filesystem>
#include <string>

#include "mail/message.h"

namespace livery::mail {

// Takes one message off our hands. Throws std::runtime_error when it could not: it stays in the
// outbox and is tried again.
class Transport {
 public:
    virtual ~Transport() = default;
    virtual void Send(const Message& message) = 0;
};

// One .eml file per message, for development: `livery mail` lists them.
class SpoolTransport final : public Transport {
 public:
    explicit SpoolTransport(std::filesystem::path folder);
    void Send(const Message& message) override;

 private:
    std::filesystem::path folder_;
};

// A real server, by libcurl.
class SmtpTransport final : public Transport {
 public:
    struct Options {
        std::string url;
        std::string user;
        std::string password;
        bool require_tls = true;
    };
    explicit SmtpTransport(Options options) : options_(std::move(options)) {}
    void Send(const Message& message) override;

 private:
    Options options_;
};

}  // namespace livery::mail
