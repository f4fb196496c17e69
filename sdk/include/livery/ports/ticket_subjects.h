#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/ids.h>
#include <livery/tenancy/tenant.h>
#include <livery/view/formatter.h>

namespace livery {

// A thing of an account's that a request for help can be about: a subscription, an order, an
// invoice or a line of it, a payment.
struct TicketSubject {
    std::string label;         // ready to read: "Invoice INV-2026-000012"
    std::string href;          // its page in the portal
    std::string console_href;  // and in the console; "": there is none
};

// The things of one plugin. Thread: any worker; one round trip to the database at most.
class TicketSubjectSource {
 public:
    virtual ~TicketSubjectSource();
    struct Kind {
        std::string_view name;    // "invoice_line", as addresses and programs name it
        std::string_view prefix;  // of its ids: "ivl"
    };
    virtual std::vector<Kind> Kinds() const = 0;
    struct Asked {
        const Tenant& tenant;
        AccountId account;
        std::string_view kind;  // one of Kinds()
        Uuid id;
    };
    // `words`: of the plugin itself, for who reads it. nullopt: there is no such thing, or it is
    // another account's.
    virtual std::optional<TicketSubject> Find(const Asked& asked, const Formatter& words) = 0;
};

struct OwnedTicketSubjectSource {
    std::string plugin;
    std::shared_ptr<TicketSubjectSource> source;
};
using TicketSubjectSources = std::vector<OwnedTicketSubjectSource>;

}  // namespace livery
