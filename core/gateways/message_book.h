#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <livery/json.h>

#include "schema/checker.h"

namespace livery::gateways {

// The files of sdk/schema/gateway-v1 by their names without `.json`, built in.
const std::map<std::string, std::string>& PublishedMessages();

// What a gateway of contract version 1 may be asked and answer, as the published schemas have it:
// which operations there are is data. Immutable. Thread: any.
class MessageBook {
 public:
    struct Operation {
        std::string request;  // names of messages
        std::string result;
        std::vector<std::string> needs;  // words that the manifest's `can` must hold
        bool event = false;              // of a webhook
        bool bounded = false;            // its `amount` must lie within the manifest's `amounts`
    };
    static const MessageBook& V1();

    // By its id with the revision; nullptr: there is none.
    const Operation* Find(std::string_view id) const;
    // What is wrong with a message, in one line; empty: nothing. `message` is one of the published.
    std::string Objection(const std::string& message, const nlohmann::json& value) const;
    // Words that the schema does not know are those that it says to read them as (`x-otherwise`): a
    // provider's new state is never taken for a success.
    void ReadUnknownWords(const std::string& message, nlohmann::json& value) const;

 private:
    MessageBook();
    std::map<std::string, nlohmann::json> schemas_;
    std::map<std::string, schema::Checker> checkers_;
    std::map<std::string, Operation, std::less<>> operations_;
};

}  // namespace livery::gateways
