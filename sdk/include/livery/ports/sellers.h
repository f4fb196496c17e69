#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <livery/tenancy/tenant.h>

namespace livery {

// The business behind a tenant, as its documents name it: `plugins: {invoices: {seller: …}}`.
// Provided by `invoices`. Thread: any.
class Sellers {
 public:
    static constexpr std::string_view kPortId = "livery.sellers/1";
    virtual ~Sellers();
    struct Seller {
        std::vector<std::string> address;     // with its name, line by line
        std::vector<std::string> registered;  // the register's number, and a tax number
        std::string vat_id;                   // "" = none
        std::string email;
    };
    // As it is now: whoever prints it keeps what was printed.
    virtual Seller Of(const Tenant& tenant) = 0;
};

}  // namespace livery
