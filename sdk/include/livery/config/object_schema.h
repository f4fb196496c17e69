#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <livery/config/value_type.h>

namespace livery::config {

// The one description of a configuration struct: its reader, its checks and its JSON Schema come
// from it, so they cannot disagree. A struct gives it as `static const ObjectSchema<T>& Schema()`:
//
//     static const ObjectSchema<Brand> schema =
//         ObjectSchema<Brand>("How a tenant looks")
//             .Required("name", &Brand::name, "Shown in the header and in mails")
//             .Optional("radius", &Brand::radius, "Corner shape", {.one_of = {"none", "md"}});
//
// A required field must be there; an optional one keeps the value that T{} gives it.
// Every problem (missing, unknown and duplicate keys, wrong kinds) is added to the reader's list.
template <class T>
class ObjectSchema {
 public:
    explicit ObjectSchema(std::string title) {
        doc_.kind = TypeDoc::Kind::kObject, doc_.title = std::move(title);
    }

    template <class F>
    ObjectSchema& Required(std::string key, F T::*member, std::string description, Rule rule = {}) {
        return Add(std::move(key), member, std::move(description), std::move(rule), true);
    }
    template <class F>
    ObjectSchema& Optional(std::string key, F T::*member, std::string description, Rule rule = {}) {
        return Add(std::move(key), member, std::move(description), std::move(rule), false);
    }

    T Read(const Node& node, const Reader& reader) const {
        T value{};
        if (!reader.RequireMap(node)) return value;
        reader.CheckKeys(node, doc_);
        for (const Field& field : fields_) field(value, node, reader);
        return value;
    }
    const TypeDoc& doc() const { return doc_; }

 private:
    using Field = std::function<void(T&, const Node&, const Reader&)>;

    template <class F>
    ObjectSchema& Add(std::string key, F T::*member, std::string description, Rule rule,
                      bool required) {
        FieldDoc field{key, std::move(description), required, "", ValueType<F>::Doc()};
        if (!required) field.default_text = ValueType<F>::Show(T{}.*member);
        ApplyRule(rule, field.type);
        doc_.fields.push_back(std::move(field));
        fields_.push_back([key = std::move(key), member, rule = std::move(rule)](
                              T& value, const Node& node, const Reader& reader) {
            if (const Node* found = node.Find(key)) {
                ValueType<F>::Read(*found, reader.Below(key), rule, value.*member);
            }
        });
        return *this;
    }

    TypeDoc doc_;
    std::vector<Field> fields_;
};

}  // namespace livery::config
