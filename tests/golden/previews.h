#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/billing/price_promise.h>

#include "actions.h"
#include "wishes.h"

namespace livery::golden {

// `preview`, `confirm` and `many`: actions around an action. What the checkout sells goes through
// the checkout; of the rest the promise is kept in the same way (PR-28): it is done at the moment
// that was shown, if it still comes to the same.
class Previews {
 public:
    explicit Previews(World& world) : world_(world), checkout_(world) {}

    // What would become of it is in shown().
    Result<void> Preview(const config::Node& words);
    Result<void> Confirm(const config::Node& words);
    // The same action many times, of which some fail just before they would be kept.
    Result<void> Many(const config::Node& words);
    const std::vector<invoices::Document>& shown() const { return shown_; }
    void Forget() { shown_.clear(); }

 private:
    struct Offer {
        const config::Node::Entry* action = nullptr;
        std::optional<WorldCheckout::Asked> asked;  // none: what no checkout sells
        QuoteId token{};
        billing::PricePromise promise{};
        bool kept = false;
    };
    using Documents = std::vector<invoices::Document>;

    Result<void> Try(const config::Node::Entry& action, bool commit,
                     const std::function<Result<void>(const Documents&)>& look);
    Result<void> Keep(const Offer& offer);

    World& world_;
    WorldCheckout checkout_;
    Documents shown_;
    std::map<std::string, Offer> offers_;
};

// Gives what was made the name that `as` says.
void Remember(World& world, const Args& args, const Made& made);

}  // namespace livery::golden
