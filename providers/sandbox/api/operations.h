#pragma once

#include <string>

#include "sandbox/api/refusal.h"
#include "sandbox/book/draft.h"

namespace livery::sandbox {

// What the API does, each on a draft. They throw Refusal; then nothing was done.
struct Done {
    int status = 200;
    Json body;
};

class Operations {
 public:
    explicit Operations(std::string origin) : origin_(std::move(origin)) {}

    Done StartPayment(Draft& draft, std::string_view body) const;
    Done Capture(Draft& draft, const std::string& id, std::string_view body) const;
    Done Cancel(Draft& draft, const std::string& id) const;
    Done CreateRefund(Draft& draft, std::string_view body) const;
    Done StartSetup(Draft& draft, std::string_view body) const;
    Done Detach(Draft& draft, const std::string& token) const;
    Done SetWebhook(Draft& draft, std::string_view body) const;

    const std::string& origin() const { return origin_; }

 private:
    std::string origin_;
};

}  // namespace livery::sandbox
