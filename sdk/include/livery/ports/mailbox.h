#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <livery/ids.h>
#include <livery/result.h>

namespace livery {

// One visit to a mailbox: mails that wait in its inbox, until they are moved out of it. Whether
// somebody has read one meanwhile changes nothing. Every error is kUnavailable: the server is away,
// or refuses; what was done before it is done. Thread: one at a time.
class Mailbox {
 public:
    virtual ~Mailbox();
    struct Waiting {
        std::uint32_t uid = 0;  // names the mail as long as it is there
        std::size_t size = 0;   // bytes
    };
    // At most `most`, those that came first.
    virtual Result<std::vector<Waiting>> List(std::size_t most) = 0;
    virtual Result<std::string> Fetch(std::uint32_t uid) = 0;
    // Its head alone, of one that is too large to be fetched.
    virtual Result<std::string> FetchHead(std::uint32_t uid) = 0;
    // Into another folder, which is made when it is not there.
    virtual Result<void> Move(std::uint32_t uid, const std::string& folder) = 0;
};

// Mailboxes of tenants at their providers, by IMAP. Provided by the core. Thread: any.
class Mailboxes {
 public:
    static constexpr std::string_view kPortId = "livery.mailboxes/1";
    virtual ~Mailboxes();
    struct Access {
        std::string url;  // "imaps://imap.example", "imap://127.0.0.1:1143"
        std::string user;
        std::string secret;  // the name of the password in the tenant's folder of secrets
    };
    // kNotFound, kInvalidArgument: its secret is not there, or not as it must be. Nothing is asked
    // of the server yet.
    virtual Result<std::unique_ptr<Mailbox>> Open(const TenantId& tenant, const Access& access) = 0;
};

}  // namespace livery
